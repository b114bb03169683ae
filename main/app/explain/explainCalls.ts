import type { CallTable, explainCalls } from '../../../contract'
import type { ExplainDesk } from './explainDesk'

/** The explanations' part of what the window can ask. */
export function explainCallsOf(desk: ExplainDesk): CallTable<keyof typeof explainCalls> {
  return {
    explainCase: ({ caseId, confirmed = false }) => desk.explain(caseId, confirmed),
    knownExplanation: ({ caseId }) => desk.knownOf(caseId),
    counterfactualOf: ({ caseId }) => desk.counterfactual(caseId),
    freshClassifier: () => desk.freshClassifier(),
    testFurther: ({ caseId }) => desk.testFurther(caseId),
    cancelExplain: async ({ caseId }) => desk.cancel(caseId),
    secondOpinion: async ({ caseId }) => desk.secondOpinion(caseId),
  }
}
