import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { CaseDetail, CaseId, Voi } from '../../contract'
import { percentileWindow } from '../../contract/shared'
import { call, fetchPixels, messageOf } from '../api'
import { intervalText, priorsOf } from '../presentation/priorFilms'
import { buildPyramid, geometryOf, type Pyramid } from '../viewer'
import { useMethodStage } from './methodStage'
import { useOpenCase } from './openCase'
import { useStage } from './stage'
import { useWorklist } from './worklist'

interface PriorFilm {
  readonly detail: CaseDetail
  readonly pyramid: Pyramid
}

/** An earlier film of the same patient beside the present one: which there are, which is shown, and its own window. */
export const usePrior = defineStore('prior', () => {
  const openCase = useOpenCase()
  const methodStage = useMethodStage()
  const stage = useStage()
  const worklist = useWorklist()
  const chosenId = ref<CaseId | null>(null)
  const state = ref<'empty' | 'loading' | 'ready' | 'failed'>('empty')
  const failure = ref('')
  const film = shallowRef<PriorFilm | null>(null)
  const voi = shallowRef<Voi | null>(null)

  const current = computed(() => worklist.byId(openCase.caseId))
  const films = computed(() => priorsOf(current.value, worklist.cases))
  const chosen = computed(() => films.value.find(({ id }) => id === chosenId.value) ?? films.value[0] ?? null)
  const shown = computed(() => stage.priorBeside && films.value.length > 0 && methodStage.layout === 'audit')
  const interval = computed(() => {
    const [earlier, later] = [chosen.value?.studyDate, current.value?.studyDate]
    return earlier && later ? intervalText(earlier, later) : ''
  })
  const geometry = computed(() =>
    film.value ? geometryOf(film.value.detail.header, film.value.detail.modelInput.record) : null,
  )

  async function load(id: CaseId): Promise<void> {
    film.value = null
    state.value = 'loading'
    const wanted = () => shown.value && chosen.value?.id === id
    try {
      const detail = await call('openCase', { caseId: id })
      const pixels = await fetchPixels(detail)
      if (!wanted()) return
      const { header } = detail
      const pyramid = buildPyramid(pixels, header, header.padding)
      voi.value = header.voi[0] ?? percentileWindow({ header, pixels })
      film.value = { detail, pyramid }
      state.value = 'ready'
    } catch (error) {
      if (!wanted()) return
      failure.value = messageOf(error)
      state.value = 'failed'
    }
  }

  /** Beside the film, or the panes of the audit again. */
  function toggle(): void {
    stage.priorBeside = !shown.value
    methodStage.layout = 'audit'
  }

  function drop(): void {
    film.value = null
    voi.value = null
    state.value = 'empty'
  }

  /** The present film is opened first: it is what is read. */
  watch(
    () => (shown.value && openCase.state === 'ready' ? (chosen.value?.id ?? null) : null),
    (id) => (id ? void load(id) : drop()),
    { immediate: true },
  )
  watch(
    () => openCase.caseId,
    () => (chosenId.value = null),
  )

  return { chosenId, state, failure, film, voi, films, chosen, shown, interval, geometry, toggle }
})
