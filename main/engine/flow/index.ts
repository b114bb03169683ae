export { NOISE_WIDTH, bits, bitsAndMap, bitsStep, compiledBits, toFlowRange } from './bits'
export { dimensions, levelShapes, type FlowConfig } from './config'
export { exportFlow, importFlow, isTrainable } from './convert'
export { initialiseActnorms } from './dataStart'
export {
  disposeFlow,
  disposeInverse,
  foldFlow,
  invertFlow,
  prepareFlow,
  type FoldedFlow,
  type InvertedFlow,
  type PreparedFlow,
} from './fold'
export { initFlow } from './init'
export { flowForward, flowInverse } from './passes'
export { FlowTrainer, type FlowBatch } from './train'
export { REPORTED_DRAWS, reportedBits, reportedNoise } from './reportedBits'
