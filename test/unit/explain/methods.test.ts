import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditedClassifier, type AuditedNetwork } from '../../../main/engine/audit'
import { chestClassifier } from '../../../main/engine/classifier'
import { disposeQuestion, gradCam, integratedGradients, occlusion, questionOf } from '../../../main/engine/explain'
import { Interrupted, scores, type Question } from '../../../main/engine/explain/question'
import { seededRng } from '../../../main/engine/rng'
import { disposeParams, type Params } from '../../../main/engine/tensor'
import { linearNetwork } from '../../support/linearNetwork'

const SIZE = 32
const calm = { cancelled: () => false, onStep: () => undefined }

/** Blobs on a ramp, as smooth as a film. */
function smoothLevels(seed: number): Uint8Array {
  const rng = seededRng(seed)
  const blobs = Array.from({ length: 4 }, () => [rng.uniform() * SIZE, rng.uniform() * SIZE, 2 + 4 * rng.uniform()])
  return Uint8Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [row, column] = [Math.floor(i / SIZE), i % SIZE]
    const light = blobs.map(([y = 0, x = 0, width = 1]) =>
      Math.exp(-((row - y) ** 2 + (column - x) ** 2) / (2 * width ** 2)),
    )
    return Math.round(Math.min(255, 30 + 2 * row + 120 * light.reduce((sum, value) => sum + value, 0)))
  })
}

describe('methods on a small residual network', () => {
  const net = chestClassifier({
    ...{ size: SIZE, channels: 1, width: 8, activation: 'elu', heads: ['Effusion', 'View'] },
    blocks: [1, 1],
  })
  let frozen: Params
  let network: AuditedNetwork
  let question: Question
  beforeAll(() => {
    const params = net.init(seededRng(5))
    frozen = net.freeze(params)
    disposeParams(params)
    network = auditedClassifier(net, frozen, { calibration: { temperature: 0.1, bias: -0.2 }, threshold: 0.4 })
    question = questionOf(network, smoothLevels(1), SIZE)
  })
  afterAll(() => {
    disposeQuestion(question)
    disposeParams(frozen)
  })
  const score = (pixels: Float32Array) => {
    const x = tf.tensor4d(pixels, [1, SIZE, SIZE, 1])
    const [value = NaN] = scores(question, x)
    x.dispose()
    return value
  }

  it('integrated gradients add up to the change of the logit between flat picture and film', async () => {
    const { map, completenessError } = await integratedGradients(question, calm)
    const sum = map.reduce((all, value) => all + value, 0)
    const [film = NaN] = scores(question, question.film)
    const [flat = NaN] = scores(question, question.flat)
    expect(Math.abs(film - flat)).toBeGreaterThan(0.05)
    expect(sum / (film - flat)).toBeCloseTo(1, 2)
    expect(Math.abs(completenessError)).toBeLessThan(0.01)
    // Half as many points are still complete to 2 %.
    expect(Math.abs((await integratedGradients(question, calm, 32)).completenessError)).toBeLessThan(0.02)
  })

  it('Grad-CAM is the feature maps weighted by their mean gradient, by finite differences', () => {
    const map = gradCam(question)
    const run = (featureOffset?: tf.Tensor) =>
      tf.tidy(() => {
        const { logits, features } = network.run(question.film, featureOffset ? { featureOffset } : {})
        const sign = question.decision ? 1 : -1
        return {
          score: sign * (logits.dataSync()[0] ?? NaN),
          features: Float32Array.from(features?.dataSync() ?? []),
          shape: features?.shape ?? [],
        }
      })
    const { features, shape } = run()
    const [, side = 0, , channels = 0] = shape
    const epsilon = 1e-2
    // Mean gradient of a channel: add ε to the whole channel; the score changes by ε · Σ gradient.
    const weights = Array.from({ length: channels }, (_, k) => {
      const channel = (sign: number) =>
        tf.tensor4d(
          Float32Array.from({ length: features.length }, (_v, i) => (i % channels === k ? sign * epsilon : 0)),
          shape as [number, number, number, number],
        )
      const [up, down] = [channel(1), channel(-1)]
      const gradient = (run(up).score - run(down).score) / (2 * epsilon)
      tf.dispose([up, down])
      return gradient / side ** 2
    })
    const cam = Array.from({ length: side ** 2 }, (_, at) =>
      Math.max(
        0,
        weights.reduce((sum, weight, k) => sum + weight * (features[at * channels + k] ?? 0), 0),
      ),
    )
    // At the middle of a position's square the bilinear enlargement is nearly the position itself.
    const cell = SIZE / side
    const large = tf.tidy(() =>
      tf.image.resizeBilinear(tf.tensor4d(cam, [1, side, side, 1]), [SIZE, SIZE], false, true).dataSync(),
    )
    const unit = 1 / cell ** 2
    for (let i = 0; i < map.length; i++) expect(map[i]).toBeCloseTo((large[i] ?? 0) * unit, 5)
    expect(Math.max(...map)).toBeGreaterThan(0)
  })

  it('occlusion is the mean fall of the score over the patches that cover a pixel, one by one', async () => {
    const settings = { patch: 8, stride: 5 }
    const map = await occlusion(question, calm, settings)
    const film = Float32Array.from(question.film.dataSync())
    const grey = question.flat.dataSync()[0] ?? NaN
    const whole = score(film)
    const along = [0, 5, 10, 15, 20, 24]
    const place = { row: 13, column: 22 }
    const falls: number[] = []
    for (const y of along)
      for (const x of along) {
        if (place.row < y || place.row >= y + 8 || place.column < x || place.column >= x + 8) continue
        const covered = film.slice()
        for (let row = y; row < y + 8; row++)
          for (let column = x; column < x + 8; column++) covered[row * SIZE + column] = grey
        falls.push(whole - score(covered))
      }
    expect(falls.length).toBeGreaterThan(1)
    const mean = falls.reduce((sum, value) => sum + value, 0) / falls.length
    expect(map[place.row * SIZE + place.column]).toBeCloseTo(mean, 4)
    // Every pixel is covered, the last row too.
    expect([...map].every(Number.isFinite)).toBe(true)
  })

  it('leaves no tensors behind, cancelled or not', async () => {
    const before = tf.memory().numTensors
    gradCam(question)
    await integratedGradients(question, calm, 8)
    await occlusion(question, calm, { patch: 16, stride: 16 })
    const impatient = { cancelled: () => true, onStep: () => undefined }
    await expect(integratedGradients(question, impatient)).rejects.toThrow(Interrupted)
    await expect(occlusion(question, impatient)).rejects.toThrow(Interrupted)
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('methods on a linear model', () => {
  it('occlusion greys squares of 16 pixels, 8 apart', async () => {
    const weight = seededRng(4)
      .normalArray(SIZE * SIZE)
      .map((value) => value / 20)
    const network = linearNetwork(weight, 9)
    const question = questionOf(network, smoothLevels(2), SIZE)
    const map = await occlusion(question, calm)
    const [film, grey] = [question.film.dataSync(), question.flat.dataSync()[0] ?? 0]
    const sums = new Float64Array(SIZE * SIZE)
    const counts = new Float64Array(SIZE * SIZE)
    const squares = [0, 8, 16].flatMap((row) => [0, 8, 16].map((column) => ({ row, column })))
    for (const { row, column } of squares) {
      const inside = [...sums.keys()].filter((i) => {
        const [down, across] = [Math.floor(i / SIZE) - row, (i % SIZE) - column]
        return down >= 0 && down < 16 && across >= 0 && across < 16
      })
      // of a linear model the fall is the sum of what the square's pixels add
      const fall = inside.reduce((sum, i) => sum + (weight[i] ?? 0) * ((film[i] ?? 0) - grey), 0)
      for (const i of inside) {
        sums[i] = (sums[i] ?? 0) + fall
        counts[i] = (counts[i] ?? 0) + 1
      }
    }
    map.forEach((value, i) => expect(value).toBeCloseTo((sums[i] ?? NaN) / (counts[i] ?? NaN), 4))
    disposeQuestion(question)
    network.dispose()
  })

  it('integrated gradients are weight × (film − grey), towards the decision', async () => {
    const rng = seededRng(3)
    const weight = rng.normalArray(SIZE * SIZE).map((value) => value / 20)
    for (const bias of [5, -5]) {
      const network = linearNetwork(weight, bias)
      const question = questionOf(network, smoothLevels(2), SIZE)
      expect(question.decision).toBe(bias > 0)
      const { map } = await integratedGradients(question, calm, 4)
      const [film, grey] = [question.film.dataSync(), question.flat.dataSync()[0] ?? NaN]
      const sign = bias > 0 ? 1 : -1
      map.forEach((value, i) => expect(value).toBeCloseTo(sign * (weight[i] ?? 0) * ((film[i] ?? 0) - grey), 5))
      disposeQuestion(question)
      network.dispose()
    }
  })
})

/** Pictures are averaged in squares of four; a second channel is their complement; logit = mean · weights + bias. */
function pooledNetwork(weights: readonly [number, number], bias: number): AuditedNetwork {
  return {
    layers: ['grey', 'pooled', 'dense'].map((name) => ({ name, parameters: 1, weights: [] })),
    weights: {},
    boundary: 0,
    run(x, { offsets = [] } = {}) {
      const [onGrey, onPooled, onDense] = offsets
      const grey = (onGrey ? tf.add(x, onGrey) : x) as tf.Tensor4D
      const pooled = tf.avgPool(grey, 4, 4, 'valid')
      const both = tf.concat4d([pooled, tf.sub(1, pooled)], 3)
      const features = onPooled ? tf.add(both, onPooled) : both
      const mean = tf.mean(features, [1, 2])
      const entering = onDense ? tf.add(mean, onDense) : mean
      const logits = tf.add(tf.matMul(entering as tf.Tensor2D, tf.tensor2d([...weights], [2, 1])), bias)
      return { logits: logits as tf.Tensor2D, inputs: [grey, features, entering] }
    },
  }
}

describe('methods on a network that names no feature maps, as a user’s own', () => {
  it.each([5, -5])('Grad-CAM looks at the last layer that has positions, towards the decision (bias %i)', (bias) => {
    const [one, other] = [0.9, -0.4] as const
    const before = tf.memory().numTensors
    const question = questionOf(pooledNetwork([one, other], bias), smoothLevels(3), SIZE)
    expect(question.decision).toBe(bias > 0)
    const map = gradCam(question)
    const sign = bias > 0 ? 1 : -1
    const side = SIZE / 4
    const expected = tf.tidy(() => {
      // the gradient of a mean over positions is the weight, the same at each of them
      const light = tf.avgPool(question.film, 4, 4, 'valid')
      const adds = tf.add(tf.mul(light, one), tf.mul(tf.sub(1, light), other))
      const cam = tf.relu(tf.mul(adds, sign / side ** 2)) as tf.Tensor4D
      return tf.image.resizeBilinear(cam, [SIZE, SIZE], false, true).dataSync()
    })
    disposeQuestion(question)
    expect(tf.memory().numTensors).toBe(before)
    map.forEach((value, i) => expect(value).toBeCloseTo((expected[i] ?? NaN) / 4 ** 2, 8))
    expect(Math.max(...map)).toBeGreaterThan(0)
  })

  it('a decision is yes at the boundary and above', () => {
    const network = { ...pooledNetwork([0, 0], 0.5), boundary: 0.5 }
    const decided = (boundary: number) => {
      const question = questionOf({ ...network, boundary }, smoothLevels(1), SIZE)
      disposeQuestion(question)
      return question.decision
    }
    expect([0.4, 0.5, 0.6].map(decided)).toEqual([true, true, false])
  })
})
