import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Voi } from '../../contract'
import { contrastWindow } from '../viewer'
import { useStage, type Pane } from './stage'
import { useWay } from './way'

/** Which window each of the audit's grey pictures is shown in. */
export const useWindowing = defineStore('windowing', () => {
  const stage = useStage()
  const way = useWay()
  /** The simplified picture in a window of its own, instead of the one in which the film's grey levels compare with its. */
  const ownContrast = ref(false)

  const simplified = computed<Voi>(() => {
    const levels = way.view?.picture
    return ownContrast.value && levels && !stage.flicker ? contrastWindow(levels) : stage.pictureVoi
  })

  function voiOf(pane: Exclude<Pane, 'bitmap'>): Voi {
    if (pane === 'simplified') return simplified.value
    return stage.modelView ? stage.pictureVoi : stage.filmVoi
  }

  /** A window that was dragged, or that a key image was kept in. */
  function setVoi(pane: Exclude<Pane, 'bitmap'>, voi: Voi): void {
    if (pane === 'film' && !stage.modelView) {
      stage.filmVoi = voi
      return
    }
    if (pane === 'simplified') ownContrast.value = false
    stage.pictureVoi = voi
  }

  return { ownContrast, voiOf, setVoi }
})
