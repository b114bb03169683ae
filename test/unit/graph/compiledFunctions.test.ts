import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGraphCompiler } from '../../../main/adapters/compute/graph'
import { installNativeConvolutions } from '../../../main/adapters/compute/backend/nativeConvolutions'
import { installNativeKernels } from '../../../main/adapters/compute/backend/nativeKernels'
import { auditPicture, prepareProblem, scorePicture, type AuditProblem } from '../../../main/engine/audit'
import { descentGradient } from '../../../main/engine/audit/descent'
import { countShares } from '../../../main/engine/audit/detail'
import { activationMatch, gradientMatch, type MatchingObjective } from '../../../main/engine/audit/objectives'
import { compiledPicture } from '../../../main/engine/audit/searchPicture'
import {
  bits,
  compiledBits,
  disposeInverse,
  flowForward,
  flowInverse,
  FlowTrainer,
  initFlow,
  invertFlow,
  reportedBits,
  toFlowRange,
} from '../../../main/engine/flow'
import { ADAMW } from '../../../main/engine/optim'
import { seededRng } from '../../../main/engine/rng'
import { EAGER, type Compiler } from '../../../main/engine/tensor'
import { TINY_SETTINGS, TINY_SIZE, tinyAudit } from '../../support/tinyAudit'

const RELATIVE = 1e-5
const notes: string[] = []
let graphs: Compiler
let tiny: ReturnType<typeof tinyAudit>

beforeAll(async () => {
  await tf.ready()
  installNativeKernels()
  installNativeConvolutions()
  graphs = createGraphCompiler({ note: (message) => notes.push(message) })
  tiny = tinyAudit()
})
afterAll(() => {
  graphs.dispose()
  tiny.dispose()
})

const shape = (count: number): [number, number, number, number] => [count, TINY_SIZE, TINY_SIZE, 1]
const uniform = (seed: number, count: number) =>
  tf.tensor4d(seededRng(seed).uniformArray(count * TINY_SIZE ** 2), shape(count))

const length = (x: tf.Tensor) => tf.norm(x).dataSync()[0] ?? NaN
const nothing = tf.scalar(NaN)

/** ‖found − expected‖/‖expected‖ */
function distance(found: tf.Tensor, expected: tf.Tensor): number {
  return tf.tidy(() => length(tf.sub(found, expected)) / length(expected))
}

const both = <T>(work: (compiler: Compiler) => T): [T, T] => [work(EAGER), work(graphs)]

/** The same under both, for several inputs: none may have been frozen into the graph. */
function expectSame(work: (compiler: Compiler, seed: number) => tf.Tensor[], seeds = [1, 2, 3]): void {
  for (const seed of seeds)
    tf.tidy(() => {
      const expected = work(EAGER, seed)
      const found = work(graphs, seed)
      expect(found.map((tensor) => tensor.shape)).toEqual(expected.map((tensor) => tensor.shape))
      found.forEach((tensor, i) => expect(distance(tensor, expected[i] ?? nothing)).toBeLessThan(RELATIVE))
    })
  expect(notes).toEqual([])
}

describe('compiled functions of the flow equal the eager ones', () => {
  it.each([1, 3])('bits and bit map of %i pictures', (count) => {
    expectSame((compiler, seed) => {
      const noise = tf.div(uniform(seed + 10, count), 256) as tf.Tensor4D
      const { bits, map } = compiledBits(compiler, tiny.dependencies.flow, [uniform(seed, count), noise])
      return [bits, map]
    })
  })

  it('gradient of the bits with respect to the picture', () => {
    const { flow } = tiny.dependencies
    const gradient = (x: tf.Tensor4D, noise: tf.Tensor4D): [tf.Tensor] => [
      tf.grad((p: tf.Tensor) => tf.sum(bits(flow, p as tf.Tensor4D, noise)))(x),
    ]
    expectSame((compiler, seed) =>
      compiler.run({ models: [flow], name: 'gradient' }, gradient, [uniform(seed, 2), tf.zeros<tf.Rank.R4>(shape(2))]),
    )
  })

  it('inverse', () => {
    const { flow } = tiny.dependencies
    const inverted = invertFlow(flow)
    const inverse = (...z: tf.Tensor4D[]): [tf.Tensor4D] => [flowInverse(inverted, z).g]
    expectSame((compiler, seed) => {
      const { latents } = flowForward(flow, toFlowRange(uniform(seed, 2)))
      return compiler.run({ models: [flow], name: 'inverse' }, inverse, latents)
    })
    disposeInverse(inverted)
  })

  it('reported bits', () => {
    const { flow } = tiny.dependencies
    const x = uniform(4, 2)
    const [eager, compiled] = [EAGER, graphs].map((compiler) => reportedBits(flow, x, { draws: 3, compiler }))
    compiled?.bits.forEach((value, i) => expect(value / (eager?.bits[i] ?? NaN)).toBeCloseTo(1, 5))
    tf.dispose([x, eager?.map ?? [], compiled?.map ?? []])
  })

  it('training steps, whose weights are inputs', () => {
    const config = { size: 8, channels: 1, levels: 2, steps: 2, hidden: 6, coupling: 'affine' } as const
    const schedule = { rate: 1e-3, warmUp: 1, steps: 20, floor: 0 }
    const training = { schedule, weightDecay: ADAMW.weightDecay, clip: 50, averageDecay: 0.9 }
    const params = initFlow(config, seededRng(5))
    const [eager, compiled] = [EAGER, graphs].map((compiler) => {
      const trainer = new FlowTrainer(config, { ...training, compiler }, params)
      const reports = Array.from({ length: 4 }, (_, step) => {
        const x = tf.tensor4d(seededRng(step).uniformArray(4 * 64), [4, 8, 8, 1])
        const noise = tf.zeros([4, 8, 8, 1]) as tf.Tensor4D
        const report = trainer.step({ x, noise })
        tf.dispose([x, noise])
        return report
      })
      trainer.dispose()
      return reports
    })
    tf.dispose(params)
    compiled?.forEach(({ bpd, gradientNorm }, step) => {
      expect(bpd / (eager?.[step]?.bpd ?? NaN)).toBeCloseTo(1, 4)
      expect(gradientNorm / (eager?.[step]?.gradientNorm ?? NaN)).toBeCloseTo(1, 3)
    })
    expect(notes).toEqual([])
  })
})

const OBJECTIVES: readonly [string, MatchingObjective][] = [
  ['activation', activationMatch({ klWeight: 10, slope: 'exact' })],
  ['activation with soft slope', activationMatch({ klWeight: 0, slope: { beta: 2 } })],
  ['gradient', gradientMatch({ kappas: [0.8, 0.9], weights: { match: 1, kl: 10, klScaled: 1 } })],
]

describe.each(OBJECTIVES)('compiled functions of an audit equal the eager ones: %s match', (_, objective) => {
  /** Another seed, another film. */
  function withProblem<T>(
    options: { compiler: Compiler; seed: number; keep: boolean },
    work: (p: AuditProblem) => T,
  ): T {
    const { compiler, seed } = options
    const filmLevels = Uint8Array.from(seededRng(seed).uniformArray(TINY_SIZE ** 2), (value, i) =>
      Math.round(100 * value + 8 * (i % TINY_SIZE)),
    )
    const keep = options.keep ? filmLevels.map((_, i) => (i % 5 === seed % 5 ? 1 : 0)) : null
    const { flow, network } = tiny.dependencies
    const rng = seededRng(seed)
    const problem = prepareProblem({ flow, network, filmLevels, objective, keep, noiseDraws: 2, rng, compiler })
    const found = work(problem)
    problem.dispose()
    return found
  }

  it.each([false, true])('a step of the search (pixels kept: %s)', (keep) => {
    for (const seed of [11, 12, 13]) {
      const before = tf.memory().numTensors
      const [eager, compiled] = both((compiler) =>
        withProblem({ compiler, seed, keep }, (problem) => {
          const shares = tf.tensor1d(seededRng(seed).uniformArray(countShares(TINY_SIZE)))
          const draws = { match: seed / 20, noise: (seed - 11) / 3 }
          const gradient = descentGradient(problem, shares, { pressure: seed, fading: seed / 10, draws })
          shares.dispose()
          return gradient
        }),
      )
      expect(distance(compiled, eager)).toBeLessThan(RELATIVE)
      tf.dispose([eager, compiled])
      expect(tf.memory().numTensors).toBe(before)
    }
    expect(notes).toEqual([])
  })

  it.each([false, true])('the picture of shares (pixels kept: %s)', (keep) => {
    for (const seed of [15, 16]) {
      const [eager, compiled] = both((compiler) =>
        withProblem({ compiler, seed, keep }, (problem) =>
          tf.tidy(() =>
            compiledPicture(problem, tf.tensor1d(seededRng(seed).uniformArray(countShares(TINY_SIZE)))).dataSync(),
          ),
        ),
      )
      expect(compiled).toEqual(eager)
    }
  })

  it('the score of a picture', () => {
    for (const seed of [21, 22]) {
      const [eager, compiled] = both((compiler) =>
        withProblem({ compiler, seed, keep: false }, (problem) => {
          const picture = uniform(seed, 1)
          const score = scorePicture(problem, picture, 2)
          picture.dispose()
          return score
        }),
      )
      for (const figure of ['bits', 'logit', 'distance', 'kl'] as const)
        expect(compiled[figure]).toBeCloseTo(eager[figure], figure === 'bits' ? 1 : 4)
      expect(compiled.map.reduce((sum, bit) => sum + bit, 0) / compiled.bits).toBeCloseTo(1, 4)
    }
    expect(notes).toEqual([])
  })
})

describe('a whole audit with compiled steps', () => {
  it('is the same each time, also when the graphs were there before', async () => {
    const compiler = createGraphCompiler({ note: (message) => notes.push(message) })
    const request = {
      ...({ filmLevels: tiny.picture, preset: 'quick', objective: 'activation', seed: 3, repeat: false } as const),
      settings: TINY_SETTINGS,
    }
    const first = await auditPicture({ ...tiny.dependencies, compiler }, request)
    const before = tf.memory().numTensors
    const again = await auditPicture({ ...tiny.dependencies, compiler }, request)
    expect(tf.memory().numTensors).toBe(before)
    compiler.dispose()
    expect(again.simplifiedPicture).toEqual(first.simplifiedPicture)
    expect(again.outcome.simplified.bits).toBe(first.outcome.simplified.bits)
    const eager = await auditPicture(tiny.dependencies, request)
    expect(first.outcome.original.bits / eager.outcome.original.bits).toBeCloseTo(1, 5)
    expect(first.outcome.decisionKept).toBe(eager.outcome.decisionKept)
    expect(notes).toEqual([])
  })
})
