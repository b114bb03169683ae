import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareProblem, walkPath, type PathSettings, type PathStop } from '../../../main/engine/audit'
import { matchingObjective } from '../../../main/engine/audit/presets'
import { bits } from '../../../main/engine/flow'
import { seededRng } from '../../../main/engine/rng'
import { EAGER, toPicture, type Compiler } from '../../../main/engine/tensor'
import { TINY_SETTINGS, TINY_SIZE, tinyAudit } from '../../support/tinyAudit'

let tiny: ReturnType<typeof tinyAudit>
beforeAll(() => void (tiny = tinyAudit()))
afterAll(() => tiny.dispose())

/** What went into the steps of the search. */
interface Step {
  readonly noise: number
  readonly pressure: number
  readonly fading: number
}

interface Walk {
  readonly stops: PathStop[]
  readonly steps: Step[]
  /** Bits of the first stop's picture under each noise of the reported figures. */
  readonly firstBits: number[]
}

async function walked(changes: Partial<PathSettings>, seed = 3): Promise<Walk> {
  const steps: Step[] = []
  const compiler: Compiler = {
    ...EAGER,
    run(of, fn, inputs) {
      if (of.name.startsWith('descent')) {
        const [, noise = NaN, pressure = NaN, fading = NaN] = inputs.map((input) => input.dataSync()[0])
        steps.push({ noise, pressure, fading })
      }
      return EAGER.run(of, fn, inputs)
    },
  }
  const rng = seededRng(seed)
  const question = { filmLevels: tiny.picture, objective: matchingObjective('activation'), noiseDraws: 8, rng }
  const problem = prepareProblem({ ...tiny.dependencies, ...question, compiler })
  const stops: PathStop[] = []
  const control = { rng: seededRng(seed), cancelled: () => false, guess: null }
  for await (const stop of walkPath(problem, { ...TINY_SETTINGS.path, ...changes }, control)) stops.push(stop)
  const firstBits = tf.tidy(() => {
    const picture = toPicture(stops[0]?.levels ?? new Uint8Array(0), TINY_SIZE)
    return [...bits(problem.flow, tf.tile(picture, [8, 1, 1, 1]), problem.noises).dataSync<'float32'>()]
  })
  problem.dispose()
  return { stops, steps, firstBits }
}

describe('the way of a search', () => {
  it('is scored at its start, every so many steps and at its end; pressure grows by one factor, fading with its square', async () => {
    const settings = { steps: 5, scoreEvery: 2, firstPressure: 0.5, lastPressure: 8, fading: 0.1 }
    const { stops, steps } = await walked(settings)
    expect(stops.map(({ step }) => step)).toEqual([0, 2, 4, 5])
    ;[0.5, 1, 4, 8].forEach((pressure, i) => expect(stops[i]?.pressure).toBeCloseTo(pressure, 9))
    ;[0.5, 1, 2, 4, 8].forEach((pressure, i) => {
      expect(steps[i]?.pressure).toBeCloseTo(pressure, 5)
      expect(steps[i]?.fading).toBeCloseTo(0.1 * pressure ** 2, 5)
    })
    // each step under a noise of its own, drawn from those of the search
    expect(new Set(steps.map(({ noise }) => noise)).size).toBeGreaterThan(1)
  })

  it('moves a share by no more than the rate, which falls evenly to the last step', async () => {
    const { stops } = await walked({
      steps: 2,
      scoreEvery: 1,
      startNoise: 0,
      startShares: [0.5, 0.5, 0.5],
      rate: 0.1,
      finalRate: 0.02,
    })
    const [start, first] = stops
    const moves = Array.from(first?.shares ?? [], (share, i) => Math.abs(share - (start?.shares[i] ?? NaN)))
    // Adam's first step is the rate itself: half-way from 0.1 to 0.02
    expect(Math.max(...moves)).toBeCloseTo(0.06, 4)
  })

  it('never leaves the shares between nothing and all, nor begins outside', async () => {
    const { stops } = await walked({
      steps: 3,
      scoreEvery: 1,
      startNoise: 0.2,
      startShares: [0, 1],
      rate: 0.5,
      finalRate: 0.5,
    })
    for (const { shares } of stops) {
      expect(Math.min(...shares)).toBe(0)
      expect(Math.max(...shares)).toBe(1)
    }
  })

  it('counts the bits of a stop under the first of the noises alone', async () => {
    const { stops, firstBits } = await walked({ steps: 0 })
    const [first = NaN, ...others] = firstBits
    expect(stops[0]?.bits).toBeCloseTo(first, 2)
    for (const other of others) expect(Math.abs(other - first)).toBeGreaterThan(0.05)
  })

  it('begins elsewhere from another seed', async () => {
    const [one, other] = [await walked({ steps: 0 }, 3), await walked({ steps: 0 }, 4)]
    expect(one.stops[0]?.shares).not.toEqual(other.stops[0]?.shares)
  })
})
