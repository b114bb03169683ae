import { defineStore, storeToRefs } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { CaseDetail, CaseId, Voi } from '../../contract'
import { percentileWindow } from '../../contract/shared'
import { call, fetchPixels } from '../api'
import { intervalText } from '../presentation/priorFilms'
import { buildPyramid, geometryOf, type Pyramid } from '../viewer'
import { useLoading } from './loading'
import { useOpenCase } from './openCase'
import { useScene } from './scene'
import { useWorklist } from './worklist'

interface PriorFilm {
  readonly detail: CaseDetail
  readonly pyramid: Pyramid
}

/** An earlier film of the same patient beside the present one: which there are, which is shown, and its own window. */
export const usePrior = defineStore('prior', () => {
  const openCase = useOpenCase()
  const scene = useScene()
  const worklist = useWorklist()
  const chosenId = ref<CaseId | null>(null)
  const { state, failure, load } = useLoading('empty')
  const film = shallowRef<PriorFilm | null>(null)
  const voi = shallowRef<Voi | null>(null)

  const current = computed(() => worklist.byId(openCase.caseId))
  const { priors: films } = storeToRefs(scene)
  const chosen = computed(() => films.value.find(({ id }) => id === chosenId.value) ?? films.value[0] ?? null)
  const shown = computed(() => scene.current === 'prior')
  const interval = computed(() => {
    const [earlier, later] = [chosen.value?.studyDate, current.value?.studyDate]
    return earlier && later ? intervalText(earlier, later) : ''
  })
  const geometry = computed(() =>
    film.value ? geometryOf(film.value.detail.header, film.value.detail.modelInput.record) : null,
  )

  async function open(id: CaseId): Promise<void> {
    drop()
    const read = async () => {
      const detail = await call('openCase', { caseId: id })
      return { detail, pixels: await fetchPixels(detail) }
    }
    await load(read, {
      isCurrent: () => shown.value && chosen.value?.id === id,
      take({ detail, pixels }) {
        const { header } = detail
        const pyramid = buildPyramid(pixels, header, header.padding)
        voi.value = header.voi[0] ?? percentileWindow({ header, pixels })
        film.value = { detail, pyramid }
      },
    })
  }

  function drop(): void {
    film.value = null
    voi.value = null
    state.value = 'empty'
  }

  /** The present film is opened first: it is what is read. */
  watch(
    () => (shown.value && openCase.state === 'ready' ? (chosen.value?.id ?? null) : null),
    (id) => (id ? void open(id) : drop()),
    { immediate: true },
  )
  watch(
    () => openCase.caseId,
    () => (chosenId.value = null),
  )

  return { chosenId, state, failure, film, voi, films, chosen, interval, geometry }
})
