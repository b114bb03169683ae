import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGraphCompiler } from '../../../main/adapters/compute/graph'
import { installNativeConvolutions } from '../../../main/adapters/compute/backend/nativeConvolutions'
import { installNativeKernels } from '../../../main/adapters/compute/backend/nativeKernels'
import {
  AUTHORS_EVALUATION,
  authorsCondensing,
  condenseNet,
  Condenser,
  evaluateCondensed,
  realGradient,
  type RealPictures,
} from '../../../main/engine/condense'
import { compiledCondensing, compiledNet } from '../../../main/engine/condense/compiled'
import { disposeFlow, prepareFlow, type PreparedFlow } from '../../../main/engine/flow'
import { seededRng } from '../../../main/engine/rng'
import { disposeParams, EAGER, type Compiler } from '../../../main/engine/tensor'
import { randomFlowParams } from '../../support/randomFlow'
import { savedModels } from '../../support/savedModels'

const RELATIVE = 1e-4
const SIZE = 8
const FLOW = { size: SIZE, channels: 1, levels: 2, steps: 1, hidden: 8, coupling: 'affine' } as const
const net = condenseNet({ size: SIZE, channels: 1, width: 8, blocks: 2, classes: 3, firstPadding: 3 })
const settings = {
  ...authorsCondensing(1),
  ...{ perClass: 2, outerSteps: 2, innerSteps: 2, realBatch: 7, realChunk: 3, bitsWeight: 10, seed: 5 },
}
const notes: string[] = []
let graphs: Compiler
let flow: PreparedFlow

beforeAll(async () => {
  await tf.ready()
  installNativeKernels()
  installNativeConvolutions()
  graphs = createGraphCompiler({ note: (message) => notes.push(message) })
  const params = randomFlowParams(FLOW, 3)
  flow = prepareFlow(FLOW, params)
  disposeParams(params)
})
afterAll(() => {
  graphs.dispose()
  disposeFlow(flow)
})

const uniform = (count: number, seed: number) =>
  tf.tensor4d(seededRng(seed).uniformArray(count * SIZE ** 2), [count, SIZE, SIZE, 1])
const noise = (count: number, seed: number) => tf.div<tf.Tensor4D>(uniform(count, seed), 256)
const length = (x: tf.Tensor) => tf.norm(x).dataSync()[0] ?? NaN

/** The same under both, for several seeds: nothing that changes may have been frozen into the graph. */
function expectSame(work: (compiler: Compiler, seed: number) => readonly tf.Tensor[]): void {
  for (const seed of [1, 2, 3])
    tf.tidy(() => {
      const expected = work(EAGER, seed)
      const found = work(graphs, seed)
      expect(found.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape))
      found.forEach((tensor, i) => {
        const eager = expected[i] ?? tf.scalar(NaN)
        expect(length(tf.sub(tensor, eager))).toBeLessThan(RELATIVE * length(eager) + 1e-7)
      })
    })
  expect(notes).toEqual([])
}

describe('compiled functions of a condensation equal the eager ones', () => {
  it('gradient of real pictures, in parts of which the last is smaller', () => {
    expectSame((compiler, seed) => {
      const params = net.init(seededRng(seed))
      const of = { pictures: uniform(7, seed), label: seed - 1, chunk: 3 }
      const { loss, gradient } = realGradient(compiledNet(net, compiler), params, of)
      return [tf.scalar(loss), ...Object.values(gradient)]
    })
  })

  it('matching distance and its gradient, a second derivative', () => {
    expectSame((compiler, seed) => {
      const params = net.init(seededRng(seed))
      const label = seed - 1
      const wanted = realGradient(net, params, { pictures: uniform(4, seed), label, chunk: 4 }).gradient
      const own = { x: uniform(2, 10 * seed), noise: noise(2, seed), label }
      const { value, gradient } = compiledCondensing(net, compiler).matchGradient({ params, wanted }, own)
      return [value, gradient]
    })
  })

  it('bits and their gradient', () => {
    expectSame((compiler, seed) => {
      const compiled = compiledCondensing(net, compiler)
      const pictures = [uniform(3, seed), noise(3, seed + 9)] as const
      return [compiled.meanBpd(flow, ...pictures), ...Object.values(compiled.bpdGradient(flow, ...pictures))]
    })
  })
})

/** Pictures of a class are brighter towards its own side. */
const real: RealPictures = (label, count, rng) => {
  const values = rng.uniformArray(count * SIZE ** 2).map((value, i) => (i % SIZE === label * 3 ? 1 : value / 2))
  return tf.tensor4d(values, [count, SIZE, SIZE, 1])
}

async function condensed(compiler: Compiler, iterations: number) {
  const condenser = new Condenser({ net, settings, real, flow, compiler })
  const reports = []
  for (let i = 0; i < iterations; i++) reports.push(await condenser.iterate())
  const alpha = [...condenser.state.alpha.dataSync()]
  condenser.dispose()
  return { reports, alpha }
}

describe('a condensation with compiled steps', () => {
  it('goes the eager one’s way, the same each time, and leaves nothing behind', async () => {
    const before = { tensors: tf.memory().numTensors, sessions: savedModels() }
    const [eager, first, again] = [await condensed(EAGER, 2), await condensed(graphs, 2), await condensed(graphs, 2)]
    expect(again.alpha).toEqual(first.alpha)
    first.reports.forEach(({ distance, bpd, skipped }, i) => {
      const expected = eager.reports[i]
      expect(distance / (expected?.distance ?? NaN)).toBeCloseTo(1, 2)
      expect((bpd ?? NaN) / (expected?.bpd ?? NaN)).toBeCloseTo(1, 3)
      expect(skipped).toBe(0)
    })
    expect(savedModels()).toBeGreaterThan(before.sessions)
    graphs.release(net)
    expect(savedModels()).toBe(0)
    expect(tf.memory().numTensors).toBe(before.tensors)
    expect(notes).toEqual([])
  })

  it('and its evaluation', async () => {
    const train = { x: uniform(6, 1), labels: [0, 0, 1, 1, 2, 2] }
    const tests = [{ x: uniform(9, 2), labels: [0, 1, 2, 0, 1, 2, 0, 1, 2] }]
    const judged = { ...AUTHORS_EVALUATION, networks: 2, epochs: 6, rate: 0.05 }
    const before = tf.memory().numTensors
    const expected = await evaluateCondensed(net, { train, tests }, judged)
    const found = await evaluateCondensed(net, { train, tests, compiler: graphs }, judged)
    expect(found).toEqual(expected)
    graphs.release(net)
    expect(tf.memory().numTensors).toBe(before)
    expect(notes).toEqual([])
    tf.dispose([train.x, tests.map(({ x }) => x)])
  })
})
