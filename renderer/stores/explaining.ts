import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, watch } from 'vue'
import type { CaseId, ExplainTask, ModelName, SecondOpinion } from '../../contract'
import { call, messageOf } from '../api'
import { useConfirmation } from './confirmation'
import {
  afterExplainEvent,
  NOTHING_KNOWN,
  withExplanation,
  type CaseExplanations,
  type ExplainEvent,
} from '../presentation/explainStream'
import { useEngine } from './engine'
import { useNotices } from './notices'
import { useOpenCase } from './openCase'
import { useWorklist } from './worklist'

/** Other methods, pressing on, further tests and second opinion of the open case. Results belong to one film and one audit. */
export const useExplaining = defineStore('explaining', () => {
  const engine = useEngine()
  const notices = useNotices()
  const openCase = useOpenCase()
  const worklist = useWorklist()
  const { asked: confirming, passes } = useConfirmation()
  const states = shallowReactive(new Map<CaseId, CaseExplanations>())
  const opinion = ref<SecondOpinion | null>(null)
  const fresh = ref<ModelName | null>(null)

  const current = computed(() => (openCase.caseId ? (states.get(openCase.caseId) ?? NOTHING_KNOWN) : NOTHING_KNOWN))
  const change = (id: CaseId, by: Partial<CaseExplanations>) =>
    states.set(id, { ...(states.get(id) ?? NOTHING_KNOWN), ...by })

  function take(event: ExplainEvent): void {
    states.set(event.caseId, afterExplainEvent(states.get(event.caseId) ?? NOTHING_KNOWN, event))
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

  /** Answers whether it has begun: a film that was not audited may wait for a yes to its warnings first. */
  function explain(confirmed = false): boolean {
    const entry = worklist.byId(openCase.caseId)
    const mayGoOn = confirmed ? confirming.value !== null : !entry || entry.audit !== null || passes(entry)
    if (!mayGoOn) return false
    confirming.value = null
    void run(
      'methods',
      (caseId) => call('explainCase', { caseId, confirmed }),
      (id, found) => states.set(id, withExplanation(states.get(id) ?? NOTHING_KNOWN, found)),
    )
    return true
  }
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
    await notices.attempt(() => call('cancelExplain', { caseId: id }))
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
      const state = states.get(id) ?? NOTHING_KNOWN
      if (state.task) return
      const { explanation, counterfactual } = known
      states.set(id, { ...(explanation ? withExplanation(NOTHING_KNOWN, explanation) : NOTHING_KNOWN), counterfactual })
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

  return { current, opinion, fresh, confirming, take, explain, pressOn, testFurther, cancel }
})
