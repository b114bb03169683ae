import * as tf from '@tensorflow/tfjs-core'
import { disposeParams, param, registerSecondOrderGradients } from '../../tensor'
import type { AuditedNetwork } from '../network'
import { classLogits, klOfLogits } from './decision'
import type { MatchingObjective, Matcher } from './matchingObjective'
import { weightImportance } from './weightImportance'

interface GradientMatchOptions {
  /** Scales of all weights, one of which is drawn at each step (the paper draws uniformly from [0.8, 0.95]). */
  readonly kappas: readonly number[]
  readonly weights: { readonly match: number; readonly kl: number; readonly klScaled: number }
}

const COSINE_EPSILON = 1e-12

/**
 * Gradient match (the paper). G(x) = κθ ⊙ ∂KL(f_θ(x) ‖ f_κθ(x))/∂(κθ) says how much each weight mattered for x;
 * distance = 1 − mean over weight tensors of the cosine between G(x̃) and G(x) over the entries with G(x) < 0
 * (a tensor without such entries has cosine 0). The gradient with respect to x̃ is a true second derivative, through f_θ(x̃) as well.
 */
export function gradientMatch(options: GradientMatchOptions): MatchingObjective {
  return { name: 'gradient', prepare: (network, film) => prepare(network, film, options) }
}

/** What the film says at one κ (a type: tf.tidy wants an index signature). */
type Target = {
  readonly scaled: Record<string, tf.Tensor>
  readonly scaledLogits: tf.Tensor2D
  /** By example, by tensor: G(x) where negative, else 0, flat. */
  readonly wanted: tf.Tensor1D[][]
  /** By example, by tensor: 1 where G(x) < 0, else 0. */
  readonly masks: tf.Tensor1D[][]
}

function prepare(network: AuditedNetwork, film: tf.Tensor4D, options: GradientMatchOptions): Matcher {
  registerSecondOrderGradients()
  const names = network.layers.flatMap((layer) => layer.weights)
  const reference = tf.tidy(() => classLogits(network.run(film).logits))
  const targets = options.kappas.map((kappa) => prepareTarget(network, film, { names, kappa }))

  const held: Matcher['held'] = (draw) => {
    const target = targets[Math.min(targets.length - 1, Math.floor(draw * targets.length))]
    if (!target) throw new Error('The gradient match needs at least one kappa')
    const { scaled, scaledLogits, wanted, masks } = target
    return [reference, scaledLogits, ...names.map((name) => param(scaled, name)), ...wanted.flat(), ...masks.flat()]
  }
  const examples = film.shape[0]
  const compareTo: Matcher['compareTo'] = (simple, tensors) => {
    const { filmLogits, target } = targetOf(tensors, names, examples)
    const { scaled } = target
    const own = classLogits(network.run(simple).logits)
    const scaledLogits = classLogits(network.run(simple, { weights: scaled }).logits)
    const cosines = rows(simple).map((picture, n) => {
      const logits = { own: row(own, n), scaledLogits: row(scaledLogits, n) }
      const importance = weightImportance(network, picture, { names, scaled, ...logits })
      const { wanted, mask } = ofExample(target, examples === 1 ? 0 : n)
      return tf.stack(importance.map((g, i) => maskedCosine(g, wanted[i] ?? g, mask[i] ?? g)))
    })
    const partDistances = tf.sub(1, tf.stack(cosines)) as tf.Tensor2D
    const distance = tf.mean(partDistances, 1) as tf.Tensor1D
    const kl = klOfLogits(filmLogits, own)
    const klScaled = klOfLogits(target.scaledLogits, scaledLogits)
    const { weights } = options
    const task = tf.addN([tf.mul(distance, weights.match), tf.mul(kl, weights.kl), tf.mul(klScaled, weights.klScaled)])
    return { logits: own, distance, partDistances, kl, task: task as tf.Tensor1D }
  }
  return {
    parts: names,
    identity: `gradient ${JSON.stringify(options.weights)}`,
    held,
    compareTo,
    compare: (simple, draw) => compareTo(simple, held(draw)),
    dispose() {
      reference.dispose()
      for (const { scaled, scaledLogits, wanted, masks } of targets) {
        disposeParams(scaled)
        tf.dispose([scaledLogits, ...wanted.flat(), ...masks.flat()])
      }
    },
  }
}

function prepareTarget(
  network: AuditedNetwork,
  film: tf.Tensor4D,
  { names, kappa }: { names: readonly string[]; kappa: number },
): Target {
  return tf.tidy(() => {
    const scaled = Object.fromEntries(
      names.map((name) => [name, tf.mul(param(network.weights, name), kappa) as tf.Tensor] as const),
    )
    const own = classLogits(network.run(film).logits)
    const scaledLogits = classLogits(network.run(film, { weights: scaled }).logits)
    const importance = rows(film).map((picture, n) =>
      weightImportance(network, picture, { names, scaled, own: row(own, n), scaledLogits: row(scaledLogits, n) }),
    )
    const masks = importance.map((tensors) => tensors.map((g) => tf.cast(tf.less(g, 0), 'float32') as tf.Tensor1D))
    const wanted = importance.map((tensors) => tensors.map((g) => tf.minimum(g, 0) as tf.Tensor1D))
    return { scaled, scaledLogits, wanted, masks }
  })
}

/** The order of `held` undone. */
function targetOf(
  held: readonly tf.Tensor[],
  names: readonly string[],
  examples: number,
): { filmLogits: tf.Tensor2D; target: Target } {
  const [filmLogits, scaledLogits] = held as [tf.Tensor2D, tf.Tensor2D]
  const count = names.length
  const after = held.slice(2) as tf.Tensor1D[]
  const scaled = Object.fromEntries(names.map((name, i) => [name, after[i] as tf.Tensor] as const))
  const rowsFrom = (start: number) =>
    Array.from({ length: examples }, (_, n) => after.slice(start + n * count, start + (n + 1) * count))
  const wanted = rowsFrom(count)
  return { filmLogits, target: { scaled, scaledLogits, wanted, masks: rowsFrom(count * (1 + examples)) } }
}

function ofExample(target: Target, n: number): { wanted: readonly tf.Tensor1D[]; mask: readonly tf.Tensor1D[] } {
  return { wanted: target.wanted[n] ?? [], mask: target.masks[n] ?? [] }
}

/** Σ m·g·w / max(‖m·g‖·‖w‖, 1e-12), w already masked. The floor under the squares keeps the root's gradient finite at 0. */
function maskedCosine(g: tf.Tensor1D, wanted: tf.Tensor1D, mask: tf.Tensor1D): tf.Scalar {
  const masked = tf.mul(g, mask)
  const length = (v: tf.Tensor) => tf.sqrt(tf.maximum(tf.sum(tf.square(v)), 1e-30))
  const norms = tf.maximum(tf.mul(length(masked), length(wanted)), COSINE_EPSILON)
  return tf.div(tf.sum(tf.mul(masked, wanted)), norms)
}

function rows(pictures: tf.Tensor4D): tf.Tensor4D[] {
  const count = pictures.shape[0]
  return count === 1
    ? [pictures]
    : Array.from({ length: count }, (_, n) => tf.slice4d(pictures, [n, 0, 0, 0], [1, -1, -1, -1]))
}

function row(logits: tf.Tensor2D, n: number): tf.Tensor2D {
  return logits.shape[0] === 1 ? logits : tf.slice2d(logits, [n, 0], [1, -1])
}
