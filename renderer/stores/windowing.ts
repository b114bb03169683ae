import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { Voi } from '../../contract'
import { contrastWindow } from '../../contract/shared'
import type { Pane } from '../presentation/panes'
import { useSettings } from './settings'
import { allLevels, useStage } from './stage'
import { useWay } from './way'

const REMEMBERED = 'ownContrast'

/** Which window each of the audit's grey pictures is shown in. */
export const useWindowing = defineStore('windowing', () => {
  const settings = useSettings()
  const stage = useStage()
  const way = useWay()

  /**
   * The simplified picture in a window of its own, as long as none was set by hand: a picture of few bits has little contrast.
   * Off, its greys compare with those of the model view.
   */
  const ownContrast = computed(() => settings.layoutFlag(REMEMBERED, true) && stage.pictureVoi === allLevels)

  function setOwnContrast(on: boolean): void {
    settings.remember(REMEMBERED, on)
    stage.pictureVoi = allLevels
  }

  const simplified = computed<Voi>(() => {
    const levels = way.view?.picture
    return ownContrast.value && levels && !stage.flicker ? contrastWindow(levels) : stage.pictureVoi
  })

  /** A picture on the way, small: as the viewport would show it. */
  function voiOnWay(levels: Uint8Array): Voi {
    return ownContrast.value ? contrastWindow(levels) : allLevels
  }

  /** Of what a pane shows right now: while Space is held the film's pane has the simplified picture in it. */
  function voiOf(pane: Exclude<Pane, 'bitmap'>): Voi {
    if (pane === 'simplified') return simplified.value
    return stage.modelView || (stage.flicker && way.view) ? stage.pictureVoi : stage.filmVoi
  }

  /** A window that was dragged, or that a key image was kept in. */
  function setVoi(pane: Exclude<Pane, 'bitmap'>, voi: Voi): void {
    if (pane === 'film' && !stage.modelView) stage.filmVoi = voi
    else stage.pictureVoi = voi
  }

  return { ownContrast, setOwnContrast, voiOnWay, voiOf, setVoi }
})
