import * as tf from '@tensorflow/tfjs-core'

export interface AdamConfig {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  /** Decoupled weight decay (AdamW): θ ← θ·(1 − lr·decay·mask). */
  readonly weightDecay: number
}
export const ADAMW: AdamConfig = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 5e-5 }

/** Running moments of one weight vector; `steps` counts the steps taken. */
export interface AdamState {
  readonly first: tf.Tensor1D
  readonly second: tf.Tensor1D
  readonly steps: number
}

/** The moments before the first step: zeros [length] both; the caller disposes them with `adamDispose`. */
export function adamInit(length: number): AdamState {
  return { first: tf.zeros([length]), second: tf.zeros([length]), steps: 0 }
}

export function adamDispose(state: AdamState): void {
  tf.dispose([state.first, state.second])
}

/**
 * What the moments of a step are divided by; t is its number, from 1. As tensors where a function of the step becomes a
 * graph: a number in it would stay what it was at the first call.
 */
export interface MomentCorrection {
  /** 1 − β1^t. */
  readonly first: number | tf.Scalar
  /** √(1 − β2^t). */
  readonly secondRoot: number | tf.Scalar
}

/** Of the step after `steps` others. */
export function momentCorrection({ beta1, beta2 }: AdamConfig, steps: number) {
  return { first: 1 - beta1 ** (steps + 1), secondRoot: Math.sqrt(1 - beta2 ** (steps + 1)) }
}

export interface AdamStep {
  readonly weights: tf.Tensor1D
  readonly gradient: tf.Tensor1D
  readonly state: AdamState
  readonly rate: number
  /** 1 where weight decay applies, 0 elsewhere; all where absent. */
  readonly decayed?: tf.Tensor1D
  /** By the state's count of steps where absent. */
  readonly correction?: MomentCorrection
}

/**
 * One step of Adam with decoupled weight decay (Loshchilov & Hutter 2019):
 * m ← β1·m + (1−β1)·g, v ← β2·v + (1−β2)·g², θ ← θ·(1 − lr·wd) − lr/(1−β1^t) · m/(√v/√(1−β2^t) + ε).
 *
 * @returns fresh weights and state; the inputs stay the caller's
 */
export function adamUpdate(config: AdamConfig, step: AdamStep): { weights: tf.Tensor1D; state: AdamState } {
  const { beta1, beta2, epsilon, weightDecay } = config
  const { first: correction, secondRoot } = step.correction ?? momentCorrection(config, step.state.steps)
  const [weights, first, second] = tf.tidy(() => {
    const m = tf.add(tf.mul(step.state.first, beta1), tf.mul(step.gradient, 1 - beta1))
    const v = tf.add(tf.mul(step.state.second, beta2), tf.mul(tf.square(step.gradient), 1 - beta2))
    const scale = tf.add(tf.div(tf.sqrt(v), secondRoot), epsilon)
    const move = tf.mul(tf.div(m, scale), quotient(step.rate, correction))
    const decay = step.rate * weightDecay
    const shrunk = step.decayed
      ? tf.mul(step.weights, tf.sub(1, tf.mul(step.decayed, decay)))
      : tf.mul(step.weights, 1 - decay)
    return [tf.sub(shrunk, move), m, v] as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D]
  })
  return { weights, state: { first, second, steps: step.state.steps + 1 } }
}

/** In full precision where both are known. */
export function quotient(value: number, by: number | tf.Scalar): number | tf.Scalar {
  return typeof by === 'number' ? value / by : tf.div<tf.Scalar>(value, by)
}
