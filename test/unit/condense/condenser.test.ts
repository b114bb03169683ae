import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, describe, expect, it } from 'vitest'
import { createGraphCompiler } from '../../../main/adapters/compute/graph'
import {
  AUTHORS_EVALUATION,
  authorsCondensing,
  Condenser,
  condenseNet,
  evaluateCondensed,
  type CondenseSettings,
  type RealPictures,
} from '../../../main/engine/condense'
import { disposeFlow, prepareFlow } from '../../../main/engine/flow'
import { seededRng } from '../../../main/engine/rng'
import { disposeParams } from '../../../main/engine/tensor'
import { randomFlowParams } from '../../support/randomFlow'

const SIZE = 8
const net = condenseNet({ size: SIZE, channels: 1, width: 8, blocks: 2, classes: 2, firstPadding: 1 })
const flowConfig = { size: SIZE, channels: 1, levels: 2, steps: 1, hidden: 8, coupling: 'affine' } as const
/** A sharp prior: what a picture shows costs several bits a pixel more than grey. */
const flowParams = Object.fromEntries(
  Object.entries(randomFlowParams(flowConfig, 3)).map(([name, tensor]) => [
    name,
    name.endsWith('prior.actnorm.logs') ? tf.add(tensor, 3) : tensor,
  ]),
)
const flow = prepareFlow(flowConfig, flowParams)
/** A fraction of the time; that it goes the eager one's way is tested beside the graphs. */
const compiler = createGraphCompiler({ note: (message) => expect.unreachable(message) })
afterAll(() => {
  compiler.dispose()
  disposeFlow(flow)
  disposeParams(flowParams)
})

/** Class 0: upright stripes, class 1: level ones; both under noise. */
const real: RealPictures = (label, count, rng) => {
  const values = rng.uniformArray(count * SIZE ** 2).map((noise, i) => {
    const along = label === 0 ? i % SIZE : Math.floor(i / SIZE) % SIZE
    return Math.round(255 * (0.3 * noise + (along % 4 < 2 ? 0.6 : 0.1))) / 255
  })
  return tf.tensor4d(values, [count, SIZE, SIZE, 1])
}

const settings: CondenseSettings = { ...authorsCondensing(1), realBatch: 16, realChunk: 16, seed: 5 }
const condenser = (changes: Partial<CondenseSettings> = {}) =>
  new Condenser({ net, flow, real, compiler, settings: { ...settings, ...changes } })

async function run(changes: Partial<CondenseSettings>, iterations: number) {
  const one = condenser(changes)
  const reports = []
  for (let i = 0; i < iterations; i++) reports.push(await one.iterate())
  const alpha = [...one.state.alpha.dataSync()]
  one.dispose()
  return { reports, alpha }
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('condensation', () => {
  it('brings the weight gradients closer to those of real pictures', async () => {
    const { reports } = await run({}, 40)
    const distances = reports.map((report) => report.distance)
    expect(mean(distances.slice(-10))).toBeLessThan(0.7 * mean(distances.slice(0, 5)))
    expect(reports.at(-1)).toMatchObject({ iteration: 40, skipped: 0 })
  })

  it('with a weight on bits needs fewer of them than without', async () => {
    const last = async (bitsWeight: number) => {
      const { reports } = await run({ bitsWeight, start: 'real' }, 25)
      return { first: reports[0]?.bpd ?? NaN, last: mean(reports.slice(-5).map((report) => report.bpd ?? NaN)) }
    }
    const [free, pressed] = [await last(0), await last(1000)]
    expect(pressed.last).toBeLessThan(pressed.first - 0.2)
    expect(pressed.last).toBeLessThan(free.last - 0.2)
  })

  it('comes to rest where the rate falls', async () => {
    const lastMove = async (floor: number) => {
      const changes = { iterations: 6, pictures: { ...settings.pictures, floor } }
      const [before, after] = [await run(changes, 5), await run(changes, 6)]
      return mean(after.alpha.map((value, i) => Math.abs(value - (before.alpha[i] ?? NaN))))
    }
    expect(await lastMove(0.02)).toBeLessThan(0.15 * (await lastMove(1)))
  })

  it('gives pictures on which a fresh network learns to tell real ones', async () => {
    const one = condenser({ bitsWeight: 1 })
    for (let i = 0; i < 20; i++) await one.iterate()
    const rng = seededRng(99)
    const parts = [real(0, 30, rng), real(1, 30, rng)]
    const test = { x: tf.concat4d(parts, 0), labels: Array.from({ length: 60 }, (_, i) => (i < 30 ? 0 : 1)) }
    const train = { x: one.pictures(), labels: one.labels() }
    const before = tf.memory().numTensors
    const judged = { ...AUTHORS_EVALUATION, networks: 3, epochs: 40 }
    const [evaluation] = await evaluateCondensed(net, { train, tests: [test], compiler }, judged)
    expect(tf.memory().numTensors).toBe(before)
    expect(evaluation?.accuracy.perNetwork).toHaveLength(3)
    expect(evaluation?.accuracy.mean).toBeGreaterThan(0.9)
    expect(evaluation?.auc?.mean).toBeGreaterThan(0.95)
    // labels the wrong way round: it is the synthetic pictures that it learns from
    const swapped = { ...train, labels: train.labels.map((label) => 1 - label) }
    const [wrong, same] = await evaluateCondensed(net, { train: swapped, tests: [test, test], compiler }, judged)
    expect(wrong?.accuracy.mean).toBeLessThan(0.1)
    expect(same).toEqual(wrong)
    tf.dispose([...parts, test.x, train.x])
    one.dispose()
  })

  it.each([
    ['one picture a class', {}],
    ['more, with the network trained in between', { perClass: 2, outerSteps: 3, innerSteps: 2, bitsWeight: 1 }],
  ])('goes on from a saved state as if it had not been interrupted: %s', async (_, changes) => {
    const { alpha: expected } = await run(changes, 4)
    const first = condenser(changes)
    for (let i = 0; i < 2; i++) await first.iterate()
    const { alpha, adam, iteration, skipped } = first.state
    const saved = [alpha, adam.first, adam.second].map((tensor) => [...tensor.dataSync()])
    const second = condenser({ ...changes })
    const [a, m, v] = saved.map((values) => tf.tensor1d(values)) as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D]
    second.restore({ alpha: a, adam: { first: m, second: v, steps: adam.steps }, iteration, skipped })
    for (let i = 0; i < 2; i++) await second.iterate()
    expect([...second.state.alpha.dataSync()]).toEqual(expected)
    first.dispose()
    second.dispose()
  })

  it('can start from real pictures, which come back as they were', () => {
    const one = condenser({ start: 'real', perClass: 2 })
    const shown = one.pictures()
    const rng = seededRng(settings.seed).fork('start')
    const expected = [real(0, 2, rng), real(1, 2, rng)]
    expect([...shown.dataSync()]).toEqual(expected.flatMap((pictures) => [...pictures.dataSync()]))
    expect(one.labels()).toEqual([0, 0, 1, 1])
    tf.dispose([shown, ...expected])
    one.dispose()
  })

  it('leaves as many tensors as it found', async () => {
    const before = tf.memory().numTensors
    const { reports } = await run({ perClass: 2, outerSteps: 2, innerSteps: 2, bitsWeight: 1 }, 2)
    expect(tf.memory().numTensors).toBe(before)
    expect(reports.every(({ seconds }) => seconds > 0)).toBe(true)
  })

  it('changes nothing where a gradient is not finite, and counts it', async () => {
    const spoiled: RealPictures = (label, count, rng) => tf.tidy(() => tf.mul(real(label, count, rng), NaN))
    const one = new Condenser({ net, flow: null, real: spoiled, settings })
    const before = [...one.state.alpha.dataSync()]
    expect(await one.iterate()).toMatchObject({ iteration: 1, skipped: 1, bpd: null })
    expect([...one.state.alpha.dataSync()]).toEqual(before)
    one.dispose()
  })

  it('refuses to press on bits without a flow', () => {
    expect(() => new Condenser({ net, flow: null, real, settings: { ...settings, bitsWeight: 1 } })).toThrow(RangeError)
  })
})
