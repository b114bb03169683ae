export { likeness, type Likeness } from './checks'
export { areaOf, CURVE_STEPS, faithfulness, rankPixels, type Faithfulness } from './faithfulness'
export { explainFilm, type ExplainControl, type ExplainDependencies, type ExplainRequest } from './explainFilm'
export { gradCam } from './gradCam'
export { integratedGradients, INTEGRATION_STEPS } from './integratedGradients'
export type { AttributionName, MethodName } from './methods'
export { OCCLUSION, occlusion, type OcclusionSettings } from './occlusion'
export type { ExplainedFilm, ExplainEvent, MethodRow } from './outcome'
export { disposeQuestion, Interrupted, questionOf, scores, type Pace, type Question } from './question'
export { shuffledNetwork } from './shuffledNetwork'
export {
  counterfactual,
  type Counterfactual,
  type CounterfactualEvent,
  type CounterfactualRequest,
} from './counterfactual'
export { randomisedAudit, type RandomisedAudit, type RandomisedCheck, type RandomisedRequest } from './randomisedAudit'
export { COUNTERFACTUAL, pressingSteps } from './pressOn'
