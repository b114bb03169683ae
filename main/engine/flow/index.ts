export {
  NOISE_WIDTH,
  bitMapOfMaps,
  bits,
  bitsAndMap,
  bitsOfMaps,
  bitsStep,
  compiledBits,
  flowInverseWithBits,
  toFlowRange,
} from './bits'
export { dimensions, levelShapes, type FlowConfig, type LevelShape } from './config'
export { exportFlow, importFlow, isTrainable } from './convert'
export { initialiseActnorms } from './dataStart'
export { disposeFlow, foldFlow, prepareFlow, type FoldedFlow, type PreparedFlow } from './fold'
export { initFlow } from './init'
export { flowForward, flowInverse, type FlowOutput } from './passes'
export { FlowTrainer, type FlowBatch, type FlowStepReport, type FlowTraining } from './train'
export { REPORTED_DRAWS, reportedBits, reportedNoise, type ReportedBits } from './reportedBits'
