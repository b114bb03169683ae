import * as tf from '@tensorflow/tfjs-core'
import type { Compiler } from '../tensor'
import { ADAMW, adamUpdate } from './adam'
import { clipGradient, gradientNorm } from './gradient'
import { cosineRate, type Schedule } from './schedule'
import { nextTrainState, type TrainState } from './trainState'

/** How a training's steps are taken. */
export interface StepSettings {
  readonly schedule: Schedule
  /** Of AdamW, beside the gradient. */
  readonly weightDecay: number
  /** Gradients with a larger L2 norm are shortened to it. */
  readonly clip: number
  /** Of the averaged weights, a step. */
  readonly averageDecay: number
}

/** What a trainer is set up with: how it steps, and what runs its steps. */
export interface TrainerSettings extends StepSettings {
  /** Holds on to the trainer until that is disposed. Operation by operation where absent. */
  readonly compiler?: Compiler
}

/** Where a step goes down from. */
interface Slope {
  /** The loss. */
  readonly value: number
  /** Of the loss with respect to the weights [length]; taken over. */
  readonly gradient: tf.Tensor1D
  /** 1 where weight decay applies, 0 elsewhere [length]; all where absent. Stays the caller's. */
  readonly decayed?: tf.Tensor1D
}

export interface StepTaken {
  readonly state: TrainState
  /** L2 norm of the gradient as it came. */
  readonly norm: number
  readonly rate: number
  /** False where loss or gradient was not finite: no weight was changed. */
  readonly taken: boolean
}

/**
 * One step of a training, the same for all: the gradient g is clipped to g·min(1, clip/‖g‖), AdamW (Loshchilov & Hutter
 * 2019) moves the weights at the schedule's rate, the average follows. A step whose loss or gradient is not finite changes
 * no weight and is counted as skipped.
 *
 * @param state replaced: what of it does not live on in the returned one is disposed
 */
export function takeStep(
  state: TrainState,
  { value, gradient, decayed }: Slope,
  { schedule, weightDecay, clip, averageDecay }: StepSettings,
): StepTaken {
  const rate = cosineRate(schedule, state.step)
  const norm = gradientNorm(gradient)
  const taken = Number.isFinite(value) && Number.isFinite(norm)
  const clipped = clipGradient(gradient, norm, clip)
  const step = { weights: state.weights, gradient: clipped, state: state.adam, rate, ...(decayed && { decayed }) }
  const moved = taken ? adamUpdate({ ...ADAMW, weightDecay }, step) : null
  tf.dispose([gradient, clipped])
  return { state: nextTrainState(state, moved, averageDecay), norm, rate, taken }
}
