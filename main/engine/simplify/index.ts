export { bitsPrice } from './price'
export type { SimplifierReport } from './report'
export { PUBLISHED_SETTINGS, type SimplifierSettings } from './settings'
export { blurred, jpegCoded, learned, type Simplification } from './simplification'
export { simplifierNet, simplifierShapes, type SimplifierNet } from './simplifierNet'
export type { SimplifierBatch } from './compiledSteps'
export { JointTrainer } from './trainer'
export {
  unrolledStep,
  type TermWeights,
  type UnrolledBatch,
  type UnrolledProblem,
  type UnrolledStart,
  type UnrolledStep,
} from './unrolledStep'
