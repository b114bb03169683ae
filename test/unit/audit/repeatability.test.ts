import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  auditPicture,
  matchingObjective,
  measureFilm,
  prepareProblem,
  search,
  type AuditProblem,
} from '../../../main/engine/audit'
import { lowestCorrelation, repeatSearch } from '../../../main/engine/audit/repeatability'
import { NOISE_WIDTH } from '../../../main/engine/flow'
import { seededRng } from '../../../main/engine/rng'
import { EAGER, type Compiler } from '../../../main/engine/tensor'
import { TINY_SETTINGS, TINY_SIZE, tinyAudit } from '../../support/tinyAudit'

const SEED = 3
const SETTINGS = { ...TINY_SETTINGS, path: { ...TINY_SETTINGS.path, steps: 5 } }

describe('noises of an audit', () => {
  let tiny: ReturnType<typeof tinyAudit>
  let problem: AuditProblem
  beforeAll(() => {
    tiny = tinyAudit()
    const { flow, network } = tiny.dependencies
    const [filmLevels, objective] = [tiny.picture, matchingObjective('activation')]
    const rng = seededRng(SEED).fork('noises')
    problem = prepareProblem({ flow, network, filmLevels, objective, noiseDraws: SETTINGS.noiseDraws, rng })
  })
  afterAll(() => {
    problem.dispose()
    tiny.dispose()
  })

  it('are others in the search than those that its result is judged under', () => {
    const [judged, searched] = [problem.noises, problem.searchNoises].map((noises) => Array.from(noises.dataSync()))
    expect(problem.searchNoises.shape).toEqual(problem.noises.shape)
    expect(searched?.some((value, i) => value === judged?.[i])).toBe(false)
    for (const value of [...(judged ?? []), ...(searched ?? [])]) expect(value >= 0 && value < NOISE_WIDTH).toBe(true)
  })

  /** Three searches of a film whose decision turns where a picture is brighter than any is, and how many keep it. */
  async function repeated(judgedUnder: tf.Tensor4D) {
    const { network } = problem
    const turning: typeof network = {
      ...network,
      run(x, options) {
        const { logits, inputs } = network.run(x, options)
        const bright = tf.cast(tf.greater(tf.mean(x, [1, 2, 3]), 1.5), 'float32')
        const sign = tf.add(1, tf.mul(tf.expandDims(bright, 1), -2))
        const turned = tf.customGrad((own) => ({ value: tf.mul(own as tf.Tensor, sign), gradFunc: (dy) => dy }))
        return { logits: turned(logits) as tf.Tensor2D, inputs }
      },
    }
    const film = measureFilm(problem)
    const asked = { ...problem, network: turning, noises: judgedUnder }
    const options = { settings: SETTINGS, cancelled: () => false, film, guess: null, onStop: () => undefined }
    const first = await search(asked, { ...options, rng: seededRng(SEED) })
    const further = { ...options, rng: seededRng(SEED), seed: SEED, onRun: () => undefined }
    return { first, found: await repeatSearch(asked, first, further) }
  }

  it('a further seed’s picture counts as kept by the noises that the audit’s own is judged under, not by the search’s', async () => {
    const before = tf.memory().numTensors
    const kept = await repeated(problem.noises)
    expect(kept.first.choice.retention).not.toBe('lost')
    expect(kept.found).toMatchObject({ seeds: [SEED + 1, SEED + 2], decisionsKept: 2 })
    const bright: tf.Tensor4D = tf.add(problem.noises, 2)
    const lost = await repeated(bright)
    expect(lost.first.choice.retention).not.toBe('lost')
    expect(lost.found?.decisionsKept).toBe(0)
    bright.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('an audit of one part is compared where its pictures may differ, not where the film must stay', async () => {
    const keep = Uint8Array.from(tiny.picture, (_, i) => (i % TINY_SIZE < 12 ? 1 : 0))
    const { flow, network } = tiny.dependencies
    const [filmLevels, objective] = [tiny.picture, matchingObjective('activation')]
    const rng = seededRng(SEED).fork('noises')
    const part = prepareProblem({ flow, network, filmLevels, objective, keep, noiseDraws: SETTINGS.noiseDraws, rng })
    const film = measureFilm(part)
    const options = { settings: SETTINGS, cancelled: () => false, film, guess: null, onStop: () => undefined }
    const searches = []
    for (const run of [0, 1, 2]) searches.push(await search(part, { ...options, rng: seededRng(SEED + run) }))
    const [first] = searches
    if (!first) throw new Error('no search')
    const further = { ...options, rng: seededRng(SEED), seed: SEED, onRun: () => undefined }
    const found = await repeatSearch(part, first, further)
    part.dispose()
    const pictures = searches.map(({ chosen }) => chosen.levels)
    const free = pictures.map((levels) => levels.filter((_, i) => !keep[i]))
    expect(found?.pixelCorrelation).toBe(lowestCorrelation(free))
    expect(lowestCorrelation(free)).toBeLessThan(lowestCorrelation(pictures))
  })

  it('one draw against the decision is enough to lose it', async () => {
    const last = SETTINGS.noiseDraws - 1
    const one = tf.tidy(() => {
      const lift = tf.mul(tf.oneHot(tf.tensor1d([last], 'int32'), SETTINGS.noiseDraws), 2)
      return tf.add(problem.noises, tf.reshape(lift, [SETTINGS.noiseDraws, 1, 1, 1])) as tf.Tensor4D
    })
    expect((await repeated(one)).found?.decisionsKept).toBe(0)
    one.dispose()
  })
})

it('a repeated audit measures each of its pictures once under all noises', async () => {
  const tiny = tinyAudit()
  const measured: string[] = []
  const compiler: Compiler = {
    ...EAGER,
    run(of, fn, inputs) {
      const [first] = inputs
      const draws = SETTINGS.noiseDraws
      if (of.name === 'bits and map' && first?.shape[0] === draws)
        measured.push(
          first
            .dataSync()
            .slice(0, TINY_SIZE ** 2)
            .join(),
        )
      return EAGER.run(of, fn, inputs)
    },
  }
  const { outcome } = await auditPicture(
    { ...tiny.dependencies, compiler },
    {
      ...{ filmLevels: tiny.picture, preset: 'quick', objective: 'activation', seed: SEED, repeat: true },
      settings: SETTINGS,
    },
  )
  tiny.dispose()
  // the counterpart, those of two further seeds, three rivals; film and flat picture are measured beside the compiler
  expect(measured).toHaveLength(6)
  expect(new Set(measured).size).toBe(6)
  // whose bits its own are among
  const { min = NaN, max = NaN } = outcome.certificate.repeatability?.bits ?? {}
  expect(outcome.simplified.bits).toBeGreaterThanOrEqual(min)
  expect(outcome.simplified.bits).toBeLessThanOrEqual(max)
})
