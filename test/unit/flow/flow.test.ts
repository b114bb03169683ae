import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import {
  bits,
  bitsAndMap,
  disposeFlow,
  disposeInverse,
  exportFlow,
  flowForward,
  flowInverse,
  FlowTrainer,
  importFlow,
  initFlow,
  initialiseActnorms,
  invertFlow,
  NOISE_WIDTH,
  prepareFlow,
  toFlowRange,
  type FlowConfig,
} from '../../../main/engine/flow'
import { bitsOfMaps } from '../../../main/engine/flow/bits'
import type { FlowOutput } from '../../../main/engine/flow/passes'
import { ADAMW } from '../../../main/engine/optim'
import { seededRng } from '../../../main/engine/rng'
import { disposeParams } from '../../../main/engine/tensor'
import { logAbsDeterminant } from '../../support/linearAlgebra'
import { randomFlowParams } from '../../support/randomFlow'

const config: FlowConfig = { size: 4, channels: 1, levels: 2, steps: 2, hidden: 5, coupling: 'affine' }
const uneven: FlowConfig = { ...config, steps: [1, 3], hidden: [3, 4] }

function pictures(count: number, size: number, seed: number): { x: tf.Tensor4D; noise: tf.Tensor4D } {
  const rng = seededRng(seed)
  const shape: [number, number, number, number] = [count, size, size, 1]
  const levels = Float32Array.from({ length: count * size * size }, () => rng.integer(256) / 255)
  const noise = rng.uniformArray(levels.length).map((u) => u * NOISE_WIDTH)
  return { x: tf.tensor4d(levels, shape), noise: tf.tensor4d(noise, shape) }
}

/** Runs a pass, frees its intermediates and keeps its outputs. */
function kept(pass: () => FlowOutput): FlowOutput {
  const outputs: FlowOutput[] = []
  tf.tidy(() => {
    const output = pass()
    outputs.push(output)
    return [...output.latents, ...output.logDensity]
  })
  const [output] = outputs
  if (!output) throw new Error('the pass gave nothing')
  return output
}

describe('the whole flow', () => {
  it.each([
    ['every level alike', config],
    ['steps and hidden channels of each level', uneven],
  ])('has the log-determinant of its brute-force Jacobian: %s', (_, config) => {
    tf.tidy(() => {
      const flow = prepareFlow(config, randomFlowParams(config, 1))
      const { x, noise } = pictures(1, 4, 2)
      const g = toFlowRange(x, noise)
      const latent = (v: tf.Tensor) =>
        tf.concat1d(flowForward(flow, v as tf.Tensor4D).latents.map((z) => tf.reshape(z, [-1])))
      const rows = Array.from({ length: 16 }, (_, i) =>
        Array.from(
          tf
            .grad((v: tf.Tensor) => tf.gather(latent(v), i).asScalar())(g)
            .dataSync(),
        ),
      )
      const z = Array.from(latent(g).dataSync())
      const normal = z.reduce((sum, value) => sum - 0.5 * value * value, 0) - 8 * Math.log(2 * Math.PI)
      const expected = -(normal + logAbsDeterminant(rows.flat(), 16) - 16 * Math.log(256)) / Math.LN2
      expect(bits(flow, x, noise).dataSync()[0]).toBeCloseTo(expected, 2)
    })
  })

  it('inverts itself, gives the same bits on the way back, and leaks nothing', () => {
    const params = randomFlowParams(config, 4)
    const flow = prepareFlow(config, params)
    const inverted = invertFlow(flow)
    const { x, noise } = pictures(3, 4, 5)
    const before = tf.memory().numTensors
    const g = toFlowRange(x, noise)
    const { latents, logDensity } = kept(() => flowForward(flow, g))
    const back = tf.tidy(() => {
      const { g, logDensity } = flowInverse(inverted, latents)
      return { g, bits: bitsOfMaps(config, logDensity) }
    })
    const forward = bitsAndMap(flow, x, noise)
    const difference = tf.tidy(() => tf.max(tf.abs(tf.sub(back.g, g))))
    expect(difference.dataSync()[0]).toBeLessThan(1e-5)
    const relative = Array.from(back.bits.dataSync()).map((b, i) =>
      Math.abs(b / (forward.bits.dataSync()[i] ?? NaN) - 1),
    )
    expect(Math.max(...relative)).toBeLessThan(1e-5)
    tf.dispose([g, difference, back.g, back.bits, forward.bits, forward.map, ...latents, ...logDensity])
    expect(tf.memory().numTensors).toBe(before)
    tf.dispose([x, noise])
    disposeInverse(inverted)
    disposeFlow(flow)
    disposeParams(params)
  })

  it('makes its inverse only where it is asked for, and frees it apart', () => {
    const params = randomFlowParams(config, 4)
    const flow = prepareFlow(config, params)
    const before = tf.memory().numTensors
    const inverted = invertFlow(flow)
    expect(tf.memory().numTensors).toBeGreaterThan(before)
    disposeInverse(inverted)
    expect(tf.memory().numTensors).toBe(before)
    disposeFlow(flow)
    disposeParams(params)
  })

  it('has a bit map whose sum is the bits, also for pictures far from any film', () => {
    tf.tidy(() => {
      const flow = prepareFlow(config, randomFlowParams(config, 6))
      const { x, noise } = pictures(4, 4, 7)
      const extreme = tf.concat([x, tf.zerosLike(x), tf.onesLike(x)]) as tf.Tensor4D
      const found = bitsAndMap(flow, extreme, tf.tile(noise, [3, 1, 1, 1]))
      const sums = tf.sum(found.map, [1, 2]).dataSync()
      found.bits.dataSync().forEach((b, i) => expect(Math.abs((sums[i] ?? NaN) / b - 1)).toBeLessThan(1e-5))
    })
  })

  it('maps level k to k/256 − 0.5 exactly', () => {
    const x = tf.tensor4d([0, 1 / 255, 128 / 255, 1], [1, 2, 2, 1])
    const g = toFlowRange(x)
    expect(Array.from(g.dataSync())).toEqual([-0.5, 1 / 256 - 0.5, 0, 255 / 256 - 0.5].map((v) => Math.fround(v)))
    tf.dispose([x, g])
  })

  it('survives export and import of its weights', () => {
    tf.tidy(() => {
      const params = randomFlowParams(config, 8)
      const back = importFlow(config, exportFlow(params))
      for (const [name, tensor] of Object.entries(params)) {
        expect(back[name]?.shape).toEqual(tensor.shape)
        expect(Array.from(back[name]?.dataSync() ?? [])).toEqual(Array.from(tensor.dataSync()))
      }
    })
  })
})

describe('training', () => {
  const training = {
    schedule: { rate: 5e-3, warmUp: 2, steps: 30, floor: 0.1 },
    ...{ weightDecay: ADAMW.weightDecay, clip: 50, averageDecay: 0.9 },
  }
  const started = () => {
    const rng = seededRng(9)
    const first = pictures(16, 4, 10)
    const initial = initFlow(config, rng)
    const g = toFlowRange(first.x, first.noise)
    const params = initialiseActnorms(config, initial, g)
    tf.dispose([first.x, first.noise, g])
    disposeParams(initial)
    return params
  }
  /** Pictures of one grey each: easy to compress, so the bits must fall. */
  const flat = (step: number) => {
    const { x, noise } = pictures(8, 4, 100 + step)
    const grey = tf.tidy(() => tf.tile(tf.slice(x, [0, 0, 0, 0], [8, 1, 1, 1]), [1, 4, 4, 1]) as tf.Tensor4D)
    x.dispose()
    return { x: grey, noise }
  }
  const run = (trainer: FlowTrainer, from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => {
      const batch = flat(from + i)
      const report = trainer.step(batch)
      tf.dispose([batch.x, batch.noise])
      return report
    })

  it('lowers the bits, leaks nothing, and resumes to the same weights', () => {
    const params = started()
    const whole = new FlowTrainer(config, training, params)
    run(whole, 0, 1)
    const before = tf.memory().numTensors
    const reports = run(whole, 1, 30)
    expect(tf.memory().numTensors).toBe(before)
    expect(reports.at(-1)?.bpd).toBeLessThan((reports[0]?.bpd ?? 0) - 1)

    const half = new FlowTrainer(config, training, params)
    run(half, 0, 12)
    const { weights, average, adam, step } = half.state
    const saved = {
      weights: tf.clone(weights),
      average: tf.clone(average),
      adam: { ...adam, first: tf.clone(adam.first), second: tf.clone(adam.second) },
      step,
      skipped: 0,
    }
    half.dispose()
    const resumed = new FlowTrainer(config, training, params)
    resumed.restore(saved)
    run(resumed, 12, 30)
    expect(Array.from(resumed.state.weights.dataSync())).toEqual(Array.from(whole.state.weights.dataSync()))
    resumed.dispose()
    whole.dispose()
    disposeParams(params)
  })

  it('skips a step whose gradients are not finite and changes nothing', () => {
    const params = started()
    const trainer = new FlowTrainer(config, training, params)
    const weights = Array.from(trainer.state.weights.dataSync())
    const { x, noise } = flat(0)
    const broken = tf.mul(x, NaN) as tf.Tensor4D
    expect(trainer.step({ x: broken, noise }).taken).toBe(false)
    expect(Array.from(trainer.state.weights.dataSync())).toEqual(weights)
    expect(trainer.state).toMatchObject({ step: 1, skipped: 1 })
    tf.dispose([x, noise, broken])
    trainer.dispose()
    disposeParams(params)
  })
})
