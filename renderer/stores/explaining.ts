import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, watch } from 'vue'
import type {
  CaseId,
  Counterfactual,
  Explanation,
  ExplainTask,
  MethodMap,
  MethodRow,
  ModelName,
  Progress,
  SecondOpinion,
  WorkstationEvent,
} from '../../contract'
import { call, messageOf } from '../api'
import { useEngine } from './engine'
import { useOpenCase } from './openCase'

/** What is known of one case's explanations, and what is being made. Replaced, never changed in place. */
export interface CaseExplanations {
  readonly task: ExplainTask | null
  readonly progress: Progress | null
  readonly cancelling: boolean
  readonly failure: { readonly task: ExplainTask; readonly message: string } | null
  readonly decision: boolean | null
  readonly maps: readonly MethodMap[]
  readonly rows: readonly MethodRow[]
  /** All methods and checks are there. */
  readonly complete: boolean
  readonly counterfactual: Counterfactual | null
  /** The picture where pressing on stands now. */
  readonly pressing: Uint8Array | null
}

const NOTHING: CaseExplanations = {
  ...{ task: null, progress: null, cancelling: false, failure: null, decision: null, maps: [], rows: [] },
  ...{ complete: false, counterfactual: null, pressing: null },
}

type ExplainEvent = Extract<WorkstationEvent, { type: `explain${string}` }>

/** The state after one event of the stream; pure. */
export function afterExplainEvent(state: CaseExplanations, event: ExplainEvent): CaseExplanations {
  switch (event.type) {
    case 'explainProgress':
      return { ...state, progress: event.progress }
    case 'explainStop':
      return { ...state, pressing: event.picture }
    case 'explainRow':
      return { ...state, rows: [...state.rows.filter(({ method }) => method !== event.row.method), event.row] }
    case 'explainMap': {
      const others = state.maps.filter(({ method }) => method !== event.map.method)
      return { ...state, decision: event.decision, maps: [...others, event.map] }
    }
  }
}

function withExplanation(state: CaseExplanations, { decision, maps, rows, stopped }: Explanation): CaseExplanations {
  return { ...state, decision, maps, rows, complete: stopped === 'finished' }
}

/** Other methods, pressing on, further tests and second opinion of the open case. Results belong to one film and one audit. */
export const useExplaining = defineStore('explaining', () => {
  const engine = useEngine()
  const openCase = useOpenCase()
  const states = shallowReactive(new Map<CaseId, CaseExplanations>())
  const opinion = ref<SecondOpinion | null>(null)
  const fresh = ref<ModelName | null>(null)

  const current = computed(() => (openCase.caseId ? (states.get(openCase.caseId) ?? NOTHING) : NOTHING))
  const change = (id: CaseId, by: Partial<CaseExplanations>) =>
    states.set(id, { ...(states.get(id) ?? NOTHING), ...by })

  function take(event: ExplainEvent): void {
    states.set(event.caseId, afterExplainEvent(states.get(event.caseId) ?? NOTHING, event))
  }

  /** Runs one task of the open case; what it gives, or why it failed, ends up in the case's state. */
  async function run<T>(task: ExplainTask, work: (id: CaseId) => Promise<T>, done: (id: CaseId, found: T) => void) {
    const id = openCase.caseId
    if (!id || current.value.task || !engine.ready) return
    change(id, { task, progress: null, cancelling: false, failure: null, pressing: null })
    try {
      done(id, await work(id))
    } catch (error) {
      change(id, { failure: { task, message: messageOf(error) } })
    } finally {
      change(id, { task: null, progress: null, cancelling: false, pressing: null })
    }
  }

  const explain = () =>
    run(
      'methods',
      (caseId) => call('explainCase', { caseId }),
      (id, found) => states.set(id, withExplanation(states.get(id) ?? NOTHING, found)),
    )
  const pressOn = () =>
    run(
      'counterfactual',
      (caseId) => call('counterfactualOf', { caseId }),
      (id, found) => change(id, { counterfactual: found }),
    )
  const testFurther = () =>
    run(
      'tests',
      (caseId) => call('testFurther', { caseId }),
      (id, record) => {
        if (openCase.caseId === id) openCase.takeAudit(record, new Map(openCase.frames))
      },
    )

  async function cancel(): Promise<void> {
    const id = openCase.caseId
    if (!id || !current.value.task) return
    change(id, { cancelling: true })
    await call('cancelExplain', { caseId: id })
  }

  /** What the main side still knows of the case, and what the published model said of it. */
  async function recall(id: CaseId): Promise<void> {
    try {
      const [known, said, second] = await Promise.all([
        call('knownExplanation', { caseId: id }),
        call('secondOpinion', { caseId: id }),
        call('freshClassifier', null),
      ])
      if (openCase.caseId !== id) return
      opinion.value = said
      fresh.value = second
      const state = states.get(id) ?? NOTHING
      if (state.task) return
      const { explanation, counterfactual } = known
      states.set(id, { ...(explanation ? withExplanation(NOTHING, explanation) : NOTHING), counterfactual })
    } catch {
      // A case that was removed meanwhile: nothing is known of it, and nothing is shown.
    }
  }

  // Another case, or another audit of it: what was known of the former one no longer holds.
  watch(
    () => [openCase.caseId, openCase.state, openCase.audit?.createdAt] as const,
    ([id, state], before) => {
      if (id !== before?.[0]) opinion.value = null
      if (id && state === 'ready') void recall(id)
    },
    { immediate: true },
  )

  return { current, opinion, fresh, take, explain, pressOn, testFurther, cancel }
})
