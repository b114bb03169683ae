export { NOISE_WIDTH, bits, bitsAndMap, bitsStep, compiledBits, toFlowRange, withNoise } from './bits'
export { dimensions, levelShapes, type FlowConfig } from './config'
export { exportFlow, importFlow, isTrainable } from './convert'
export { initialiseActnorms, initialiseNewActnorms } from './dataStart'
export {
  disposeFlow,
  disposeInverse,
  foldFlow,
  invertFlow,
  prepareFlow,
  type InvertedFlow,
  type PreparedFlow,
} from './fold'
export { growFlow, type GrownFlow } from './grow'
export { initFlow } from './init'
export { flowForward, flowInverse } from './passes'
export { FlowTrainer, type FlowBatch, type FlowStepReport } from './train'
export { reportedBits, reportedNoise } from './reportedBits'
