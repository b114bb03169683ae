export { ADAMW, adamDispose, adamInit, adamUpdate, type AdamConfig, type AdamState, type AdamStep } from './adam'
export { emaUpdate } from './ema'
export { clipGradient, gradientNorm } from './gradient'
export { cosineRate, type Schedule } from './schedule'
