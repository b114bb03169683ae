import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { isAuditPane } from '../presentation/paneWords'
import { priorsOf } from '../presentation/priorFilms'
import type { Pane } from '../presentation/panes'
import { useOpenCase } from './openCase'
import { useSettings } from './settings'
import { useStage } from './stage'
import { useWorklist } from './worklist'

/** `audit`: film, simplified, bit map, as arranged. `prior`: an earlier film of the patient beside the film. */
type ReadingScene = 'audit' | 'prior'
/** `methods`: other methods below the audit's three. `flip`: the film with the pictures around the flip. */
export type ExplanationScene = 'methods' | 'flip'
type Scene = ReadingScene | ExplanationScene

/** The audit's viewports side by side, or the film large with the other two one above the other beside it. */
export type Arrangement = 1 | 2 | 3 | 'filmLarge'

const FILM_LARGE = 'filmLarge'
const PANES: readonly Pane[] = ['film', 'simplified', 'bitmap']

/** Which viewports stand on the stage: one scene at a time, and how the audit's own are arranged. */
export const useScene = defineStore('scene', () => {
  const openCase = useOpenCase()
  const settings = useSettings()
  const stage = useStage()
  const worklist = useWorklist()
  /** Stays from film to film: an earlier film remains wished for on the way past patients who have none. */
  const reading = ref<ReadingScene>('audit')
  /** In its place, until it is left or another film is opened. */
  const explanation = ref<ExplanationScene | null>(null)
  const paneCount = ref<1 | 2 | 3>(3)

  /** Earlier films of the patient whose film is open, the latest first. */
  const priors = computed(() => priorsOf(worklist.byId(openCase.caseId), worklist.cases))
  const current = computed<Scene>(
    () => explanation.value ?? (reading.value === 'prior' && priors.value.length === 0 ? 'audit' : reading.value),
  )
  const arrangement = computed<Arrangement>(() =>
    paneCount.value === 3 && settings.layoutFlag(FILM_LARGE, true) ? FILM_LARGE : paneCount.value,
  )
  /** The audit's panes, as many as are arranged. */
  const auditPanes = computed<readonly Pane[]>(() => {
    if (paneCount.value === 3) return PANES
    const { activePane } = stage
    if (paneCount.value === 1) return [isAuditPane(activePane) ? activePane : 'film']
    return activePane === 'bitmap' ? ['film', 'bitmap'] : ['film', 'simplified']
  })

  function show(wanted: Scene): void {
    const isExplanation = wanted === 'methods' || wanted === 'flip'
    explanation.value = isExplanation ? wanted : null
    if (!isExplanation) reading.value = wanted
  }

  /** What stood there before. */
  const leave = () => show(current.value === 'prior' ? 'audit' : reading.value)
  const toggle = (wanted: Scene) => (current.value === wanted ? leave() : show(wanted))

  /** Whoever asks for an arrangement means the audit's viewports. */
  function arrange(wanted: Arrangement): void {
    paneCount.value = wanted === FILM_LARGE ? 3 : wanted
    if (paneCount.value === 3) settings.remember(FILM_LARGE, wanted === FILM_LARGE)
    show('audit')
  }

  /** One of the audit's viewports alone, and back to all three as they were. */
  function maximise(pane: Pane): void {
    paneCount.value = paneCount.value === 1 ? 3 : 1
    stage.activePane = pane
    show('audit')
  }

  watch(
    () => openCase.caseId,
    () => (explanation.value = null),
  )
  // A viewport of other methods that has left the stage is not the one used last any more.
  watch(
    explanation,
    () => {
      if (!isAuditPane(stage.activePane)) stage.activePane = 'film'
    },
    { flush: 'sync' },
  )

  return { current, paneCount, arrangement, auditPanes, priors, show, leave, toggle, arrange, maximise }
})
