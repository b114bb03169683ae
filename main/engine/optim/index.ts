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
export { decayMask, KERNELS, KERNELS_AND_GAINS } from './decayMask'
export { gradientNorm } from './gradient'
export { disposeTrainState, firstTrainState, nextTrainState, type TrainState } from './trainState'
export { cosineRate } from './schedule'
export { takeStep, type StepSettings, type TrainerSettings } from './takeStep'
export { Trainer } from './trainer'
