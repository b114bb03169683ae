import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { expect, it } from 'vitest'
import type { AuditedNetwork } from '../../../main/engine/audit'
import { gradientMatch } from '../../../main/engine/audit/objectives'
import { seededRng } from '../../../main/engine/rng'
import { twiceDifferentiableElu } from '../../../main/engine/tensor'

const SIDE = 4
const MAPS = 2
const CLASSES = 2
const KAPPA = 0.85
const SHAPES = {
  'conv.kernel': [3, 3, 1, MAPS],
  'conv.bias': [MAPS],
  'fc.kernel': [MAPS, CLASSES],
  'fc.bias': [CLASSES],
}
type Name = keyof typeof SHAPES
const NAMES = Object.keys(SHAPES) as Name[]
type Weights = Record<Name, number[]>

/** conv 3×3 'same' → ELU → mean → dense in plain double precision, written independently of the engine. */
function logits(weights: Weights, x: readonly number[]): number[] {
  const features = Array.from({ length: MAPS }, (_, m) => {
    let sum = 0
    for (let row = 0; row < SIDE; row++)
      for (let column = 0; column < SIDE; column++) {
        let value = weights['conv.bias'][m] ?? NaN
        for (let dy = -1; dy <= 1; dy++)
          for (let dx = -1; dx <= 1; dx++) {
            const [y, z] = [row + dy, column + dx]
            if (y < 0 || z < 0 || y >= SIDE || z >= SIDE) continue
            value += (x[y * SIDE + z] ?? NaN) * (weights['conv.kernel'][((dy + 1) * 3 + dx + 1) * MAPS + m] ?? NaN)
          }
        sum += value > 0 ? value : Math.exp(value) - 1
      }
    return sum / SIDE ** 2
  })
  return Array.from({ length: CLASSES }, (_, c) =>
    features.reduce(
      (sum, f, m) => sum + f * (weights['fc.kernel'][m * CLASSES + c] ?? NaN),
      weights['fc.bias'][c] ?? NaN,
    ),
  )
}

function logSoftmax(values: number[]): number[] {
  const total = Math.log(values.reduce((sum, value) => sum + Math.exp(value), 0))
  return values.map((value) => value - total)
}

function kl(p: number[], q: number[]): number {
  const [a, b] = [logSoftmax(p), logSoftmax(q)]
  return a.reduce((sum, value, i) => sum + Math.exp(value) * (value - (b[i] ?? NaN)), 0)
}

/** κθ ⊙ ∂KL(f_θ(x) ‖ f_κθ(x))/∂(κθ) by central differences. */
function importance(weights: Weights, x: readonly number[]): Record<Name, number[]> {
  const scaled = Object.fromEntries(NAMES.map((name) => [name, weights[name].map((w) => w * KAPPA)])) as Weights
  const own = logits(weights, x)
  const step = 1e-4
  const derivative = (name: Name, i: number) => {
    const moved = (by: number) => {
      const changed = { ...scaled, [name]: scaled[name].map((w, k) => (k === i ? w + by : w)) }
      return kl(own, logits(changed, x))
    }
    return (moved(step) - moved(-step)) / (2 * step)
  }
  return Object.fromEntries(NAMES.map((name) => [name, scaled[name].map((w, i) => w * derivative(name, i))])) as Record<
    Name,
    number[]
  >
}

/** 1 − mean over tensors of the cosine over the entries where the film's importance is negative. */
function distance(weights: Weights, film: readonly number[], simple: readonly number[]): number {
  const [wanted, found] = [importance(weights, film), importance(weights, simple)]
  const cosines = NAMES.map((name) => {
    let [dot, a, b] = [0, 0, 0]
    wanted[name].forEach((w, i) => {
      const g = found[name][i] ?? NaN
      if (w >= 0) return
      dot += w * g
      a += w * w
      b += g * g
    })
    return dot / Math.max(Math.sqrt(a) * Math.sqrt(b), 1e-12)
  })
  return 1 - cosines.reduce((sum, value) => sum + value, 0) / cosines.length
}

function engineNetwork(weights: Weights): AuditedNetwork {
  const own = Object.fromEntries(NAMES.map((name) => [name, tf.tensor(weights[name], SHAPES[name])]))
  return {
    layers: [
      { name: 'conv', parameters: 20, weights: ['conv.kernel', 'conv.bias'] },
      { name: 'fc', parameters: 6, weights: ['fc.kernel', 'fc.bias'] },
    ],
    weights: own,
    boundary: 0,
    run(x, { weights: used = own } = {}) {
      const at = (name: Name) => used[name] ?? tf.scalar(NaN)
      const maps = tf.add(tf.conv2d(x, at('conv.kernel') as tf.Tensor4D, 1, 'same'), at('conv.bias'))
      const features = tf.mean(twiceDifferentiableElu(maps), [1, 2]) as tf.Tensor2D
      const found = tf.add(tf.matMul(features, at('fc.kernel') as tf.Tensor2D), at('fc.bias')) as tf.Tensor2D
      return { logits: found, inputs: [x, features] }
    },
  }
}

it('the gradient match has the pixel gradient of a double-precision reference, second derivative and all', () => {
  const rng = seededRng(21)
  const weights = Object.fromEntries(
    NAMES.map((name) => [name, [...rng.normalArray(SHAPES[name].reduce((a, b) => a * b, 1))]]),
  ) as Weights
  const [film, simple] = [[...rng.uniformArray(SIDE ** 2)], [...rng.uniformArray(SIDE ** 2)]]
  const step = 1e-3
  const expected = simple.map((_, i) => {
    const moved = (by: number) => simple.map((value, k) => (k === i ? value + by : value))
    return (distance(weights, film, moved(step)) - distance(weights, film, moved(-step))) / (2 * step)
  })

  const found = tf.tidy(() => {
    const picture = (values: number[]) => tf.tensor4d(values, [1, SIDE, SIDE, 1])
    const objective = gradientMatch({ kappas: [KAPPA], weights: { match: 1, kl: 0, klScaled: 0 } })
    const matcher = objective.prepare(engineNetwork(weights), picture(film))
    const value = matcher.compare(picture(simple), 0).distance.dataSync()[0]
    expect(value).toBeCloseTo(distance(weights, film, simple), 5)
    return tf
      .grad((x: tf.Tensor) => tf.sum(matcher.compare(x as tf.Tensor4D, 0).distance))(picture(simple))
      .dataSync()
  })

  const difference = Math.hypot(...expected.map((value, i) => value - (found[i] ?? NaN)))
  const size = Math.hypot(...expected)
  expect(size).toBeGreaterThan(1e-3)
  expect(difference / size).toBeLessThan(1e-3)
})
