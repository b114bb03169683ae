import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditPicture, AUDIT_PRESETS, prepareProblem, type PathStop } from '../../../main/engine/audit'
import { matchingObjective } from '../../../main/engine/audit/presets'
import { findCounterfactual } from '../../../main/engine/explain'
import { pressOn } from '../../../main/engine/explain/pressOn'
import { seededRng } from '../../../main/engine/rng'
import { EAGER, type Compiler } from '../../../main/engine/tensor'
import { TINY_SETTINGS, tinyAudit } from '../../support/tinyAudit'

let tiny: ReturnType<typeof tinyAudit>
beforeAll(() => (tiny = tinyAudit()))
afterAll(() => tiny.dispose())

/** A whole press, and the prices of bits and of detail that its steps were taken at. */
async function pressed(seed: number, stages: number) {
  const prices: { bits: number; detail: number }[] = []
  const compiler: Compiler = {
    ...EAGER,
    run(of, fn, inputs) {
      if (of.name.startsWith('descent')) {
        const [, , bits = NaN, detail = NaN] = inputs.map((input) => input.dataSync()[0])
        prices.push({ bits, detail })
      }
      return EAGER.run(of, fn, inputs)
    },
  }
  const objective = matchingObjective('activation')
  const question = { filmLevels: tiny.picture, objective, noiseDraws: 2, rng: seededRng(1) }
  const problem = prepareProblem({ ...tiny.dependencies, ...question, compiler })
  const { path } = AUDIT_PRESETS.standard
  const control = { rng: seededRng(seed), cancelled: () => false }
  const stops: PathStop[] = []
  for await (const stop of pressOn(problem, { start: tiny.picture, pressure: 2, stages, path, ...control }))
    stops.push(stop)
  problem.dispose()
  return { stops, prices }
}

describe('pressing on', () => {
  it('multiplies the price of bits by eight every 14 steps, and leaves that of detail out', async () => {
    const { stops, prices } = await pressed(1, 2)
    expect(prices).toHaveLength(28)
    expect(prices[0]?.bits).toBeCloseTo(2, 5)
    expect(prices[27]?.bits).toBeCloseTo(2 * 8 ** 2, 3)
    prices.slice(1).forEach(({ bits }, i) => expect(bits / (prices[i]?.bits ?? NaN)).toBeCloseTo(64 ** (1 / 27), 4))
    for (const { detail } of prices) expect(detail).toBe(0)
    expect(stops.map(({ step }) => step)).toEqual(Array.from({ length: 1 + 28 + 24 }, (_, i) => i))
  })

  it('then fades what is left evenly to nothing in 24 steps', async () => {
    const { stops } = await pressed(1, 0)
    expect(stops).toHaveLength(25)
    const whole = stops[0]?.shares ?? new Float32Array(0)
    stops.slice(1).forEach(({ shares }, i) => {
      shares.forEach((share, at) => expect(share).toBeCloseTo((1 - (i + 1) / 24) * (whole[at] ?? NaN), 5))
    })
    expect(new Set(stops.at(-1)?.levels).size).toBe(1)
  })

  it('begins at the picture itself, with no noise on its shares', async () => {
    const [one, other] = [await pressed(1, 0), await pressed(2, 0)]
    expect(one.stops[0]?.levels).toEqual(tiny.picture)
    expect(one.stops[0]?.shares).toEqual(other.stops[0]?.shares)
  })
})

it('prices the picture that it goes on from as the audit of that seed did', async () => {
  const path = { ...TINY_SETTINGS.path, steps: 3, scoreEvery: 1 }
  const { outcome, simplifiedPicture } = await auditPicture(tiny.dependencies, {
    ...{ filmLevels: tiny.picture, preset: 'quick', objective: 'activation', seed: 6, repeat: false },
    settings: { ...TINY_SETTINGS, path },
  })
  const signal = { aborted: false }
  const before = tf.memory().numTensors
  const { points, lastKept } = await findCounterfactual(
    tiny.dependencies,
    {
      ...{ picture: tiny.picture, start: simplifiedPicture, pressure: outcome.simplified.pressure },
      ...{ objective: 'activation', seed: 6, stages: 1 },
    },
    { signal, onEvent: () => (signal.aborted = true) },
  )
  expect(tf.memory().numTensors).toBe(before)
  const chosen = outcome.path.find(({ frame }) => frame === outcome.simplified.frame)
  expect(points[0]?.bits).toBeCloseTo(chosen?.bits ?? NaN, 2)
  expect(points[0]?.matchingDistance).toBeCloseTo(chosen?.matchingDistance ?? NaN, 5)
  expect(points[0]?.aboveFlat).toBeCloseTo(chosen?.aboveFlat ?? NaN, 5)
  expect(lastKept?.draws).toEqual(outcome.certificate.draws)
})
