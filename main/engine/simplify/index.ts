export { sigmoidLoss, softmaxLoss, type ExampleLoss, type Labels } from './exampleLoss'
export { bitsPerDimension, bitsPrice, l2Price, type Pressure, type Price, type Priced } from './price'
export type { SimplifierReport } from './report'
export { PUBLISHED_SETTINGS, lambdaAt, type SimplifierSettings } from './settings'
export { blurred, identity, jpegCoded, learned, type Simplification } from './simplification'
export { simplifierNet, simplifierShapes, type SimplifierConfig, type SimplifierNet } from './simplifierNet'
export { logitsOf, type TrainedClassifier } from './trainedClassifier'
export type { SimplifierBatch } from './compiledSteps'
export { SimplifierTrainer, type SimplifierModels, type SimplifierTraining } from './trainer'
export {
  unrolledStep,
  type TermWeights,
  type UnrolledBatch,
  type UnrolledProblem,
  type UnrolledStart,
  type UnrolledStep,
} from './unrolledStep'
