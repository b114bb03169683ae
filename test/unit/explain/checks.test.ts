import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disposeQuestion, questionOf } from '../../../main/engine/explain'
import { bitMapRepeatability, repeatability } from '../../../main/engine/explain/checks'
import type { AttributionMethod } from '../../../main/engine/explain/methods'
import { shuffledNetwork } from '../../../main/engine/explain/shuffledNetwork'
import { bitsAndMap, reportedNoise } from '../../../main/engine/flow'
import { spearman } from '../../../main/engine/metrics'
import { seededRng } from '../../../main/engine/rng'
import { toPicture } from '../../../main/engine/tensor'
import { TINY_SIZE, tinyAudit } from '../../support/tinyAudit'

let tiny: ReturnType<typeof tinyAudit>
beforeAll(() => (tiny = tinyAudit()))
afterAll(() => tiny.dispose())
const calm = { cancelled: () => false, onStep: () => undefined }

describe('repeatability of a method’s map', () => {
  it('asks about the film under two noises, each its own, within a grey level', async () => {
    const question = questionOf(tiny.dependencies.network, tiny.picture, TINY_SIZE)
    const seen: Float32Array[] = []
    const method: AttributionMethod = {
      name: 'gradCam',
      passes: () => 1,
      map: ({ film }) => {
        seen.push(Float32Array.from(film.dataSync()))
        return Promise.resolve(seen.length === 1 ? Float32Array.of(1, 2, 3) : Float32Array.of(1, 3, 2))
      },
    }
    const found = await repeatability(method, { question, map: Float32Array.of(3, 2, 1), rng: seededRng(4) }, calm)
    const film = question.film.dataSync()
    disposeQuestion(question)
    expect(seen).toHaveLength(2)
    for (const noisy of seen) {
      const grains = Array.from(noisy, (value, i) => 255 * (value - (film[i] ?? NaN)))
      expect(Math.min(...grains)).toBeGreaterThan(-1e-4)
      expect(Math.max(...grains)).toBeLessThan(1.0001)
      expect(Math.max(...grains) - Math.min(...grains)).toBeGreaterThan(0.9)
    }
    expect(seen[0]).not.toEqual(seen[1])
    // pairs of 321, 123 and 132: −1, −½ and ½
    expect(found).toBeCloseTo(-1 / 3, 6)
  })

  it('holds the film’s bit map to single noises that its mean has not used', () => {
    const { flow } = tiny.dependencies
    const film = toPicture(tiny.picture, TINY_SIZE)
    const mapUnder = (draw: number) =>
      tf.tidy(() => Float32Array.from(bitsAndMap(flow, film, reportedNoise(flow, draw)).map.dataSync()))
    // the mean is over the first eight
    const [own, next, afterNext] = [mapUnder(0), mapUnder(8), mapUnder(9)]
    const found = bitMapRepeatability(flow, film, own)
    film.dispose()
    expect(found).toBeCloseTo((spearman(own, next) + spearman(own, afterNext) + spearman(next, afterNext)) / 3, 9)
    expect(found).toBeLessThan(1)
  })
})

it('shuffling forgets every tensor: each keeps its entries, none its order', () => {
  const { network } = tiny.dependencies
  const { network: shuffled, dispose } = shuffledNetwork(network, seededRng(6))
  for (const [name, own] of Object.entries(network.weights)) {
    const [before, after] = [[...own.dataSync()], [...(shuffled.weights[name]?.dataSync() ?? [])]]
    const sorted = (values: number[]) => [...values].sort((a, b) => a - b)
    expect(sorted(after)).toEqual(sorted(before))
    if (before.length > 1) expect(after, name).not.toEqual(before)
  }
  dispose()
})
