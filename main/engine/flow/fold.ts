import * as tf from '@tensorflow/tfjs-core'
import { type Params } from '../tensor'
import { levelShapes, type FlowConfig } from './config'
import { foldCouplings, type CouplingWeights } from './couplingFold'
import { foldMixes, invertMix, type MixWeights } from './mix'
import { foldPrior, type PriorWeights } from './prior'

interface StepWeights {
  readonly mix: MixWeights
  readonly coupling: CouplingWeights
}
export interface LevelWeights {
  readonly steps: readonly StepWeights[]
  readonly prior: PriorWeights
}

/** Weights as the passes use them: actnorms and scales folded into convolutions, once or (in training) anew at each step. */
export interface PreparedFlow {
  readonly config: FlowConfig
  readonly levels: readonly LevelWeights[]
}

/** A prepared flow that can be gone through backwards: from `invertFlow`. */
export interface InvertedFlow extends PreparedFlow {
  /** inverseMixes[level][step] */
  readonly inverseMixes: readonly (readonly MixWeights[])[]
}

/**
 * Folds weights of `initFlow`'s names. Differentiable with respect to them, unless they are declared frozen; training folds
 * anew at each step. The tensors are the caller's (`disposeFlow`, or a surrounding tf.tidy).
 */
export function foldFlow(config: FlowConfig, params: Params, options = { frozen: false }): PreparedFlow {
  const kind = { affine: config.coupling === 'affine', frozen: options.frozen }
  const levels = levelShapes(config).map((shape, level) => {
    const prefixes = Array.from({ length: shape.steps }, (_, step) => `level${level}.step${step}`)
    const couplings = foldCouplings(params, prefixes, kind)
    const steps = foldMixes(params, prefixes, shape).flatMap((mix, step) => {
      const coupling = couplings[step]
      return coupling ? [{ mix, coupling }] : []
    })
    return { steps, prior: foldPrior(params, `level${level}`) }
  })
  return { config, levels }
}

/** Folds once; the caller ends it with `disposeFlow`. `params` stay the caller's. */
export function prepareFlow(config: FlowConfig, params: Params): PreparedFlow {
  return foldFlow(config, params, { frozen: true })
}

/** Inverts the mixes, which only the way back needs; the caller ends it with `disposeInverse`, and the flow itself apart. */
export function invertFlow(flow: PreparedFlow): InvertedFlow {
  return { ...flow, inverseMixes: flow.levels.map((level) => level.steps.map((step) => invertMix(step.mix))) }
}

/** Frees the folded weights; the `params` that they were folded from are not among them. */
export function disposeFlow(flow: PreparedFlow): void {
  for (const level of flow.levels) {
    for (const { mix, coupling } of level.steps) {
      const { kernel1, bias1, kernel2, bias2, kernel3, bias3 } = coupling
      tf.dispose([mix.kernel, mix.bias, mix.logDet, kernel1, bias1, kernel2, bias2, kernel3, bias3])
    }
    tf.dispose([level.prior.bias, level.prior.scale, level.prior.constant])
  }
}

/** Frees what `invertFlow` made; the flow itself stays. */
export function disposeInverse({ inverseMixes }: InvertedFlow): void {
  for (const { kernel, bias, logDet } of inverseMixes.flat()) tf.dispose([kernel, bias, logDet])
}
