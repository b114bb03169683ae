export {
  ADAMW,
  adamDispose,
  adamInit,
  adamUpdate,
  momentCorrection,
  type AdamConfig,
  type AdamState,
  type MomentCorrection,
} from './adam'
export { adamGradient } from './adamGradient'
export { clipGradient, gradientNorm } from './gradient'
export { disposeTrainState, firstTrainState, nextTrainState, type TrainState } from './trainState'
export { cosineRate, type Schedule } from './schedule'
