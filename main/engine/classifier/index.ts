export { activate, GAMMA, type Activation } from './activation'
export { chestClassifier, type ChestClassifierConfig } from './chestClassifier'
export { sigmoidCrossEntropy, softmaxCrossEntropy } from './crossEntropy'
export { inputGradients } from './inputGradients'
export type { LayerSpec, ResidualPlan } from './plan'
export { residualNet, type ClassifierNet, type ForwardOptions } from './residualNet'
export { SMALL_CLASSIFIER, smallClassifier, type SmallClassifierConfig } from './smallClassifier'
export { standardise } from './standardise'
export { wideResNet, type WideResNetConfig } from './wideResNet'
export { mixUp, symmetricBeta, type Example } from './mixUp'
export {
  averagedParams,
  createTrainer,
  disposeTrainer,
  startTraining,
  trainStep,
  type Trainer,
  type TrainOptions,
} from './train'
