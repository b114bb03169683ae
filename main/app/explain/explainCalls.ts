import type { CallParams, CallResult, explainCalls } from '../../../contract'
import type { ExplainDesk } from './explainDesk'

type ExplainCall = keyof typeof explainCalls
type ExplainCalls = { readonly [C in ExplainCall]: (params: CallParams<C>) => Promise<CallResult<C>> }

/** The explanations' part of what the window can ask. */
export function explainCallsOf(desk: ExplainDesk): ExplainCalls {
  return {
    explainCase: ({ caseId }) => desk.explain(caseId),
    knownExplanation: ({ caseId }) => desk.knownOf(caseId),
    counterfactualOf: ({ caseId }) => desk.counterfactual(caseId),
    freshClassifier: () => desk.freshClassifier(),
    testFurther: ({ caseId }) => desk.testFurther(caseId),
    async cancelExplain({ caseId }) {
      desk.cancel(caseId)
      return null
    },
    secondOpinion: async ({ caseId }) => desk.secondOpinion(caseId),
  }
}
