import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disposeQuestion, integratedGradients, questionOf } from '../../../main/engine/explain'
import { areaOf, CURVE_STEPS, faithfulness, rankPixels } from '../../../main/engine/explain/faithfulness'
import type { Question } from '../../../main/engine/explain/question'
import { shuffledNetwork } from '../../../main/engine/explain/shuffledNetwork'
import { spearman, structuralSimilarity } from '../../../main/engine/metrics'
import { seededRng } from '../../../main/engine/rng'
import { linearNetwork } from '../../support/linearNetwork'

const SIZE = 16
const PIXELS = SIZE * SIZE
const calm = () => ({ cancelled: () => false, onStep: () => undefined, rng: seededRng(1) })

/** A model that looks at sixteen bright pixels of a dark film and at nothing else. */
const bright = new Set(Array.from({ length: 16 }, (_, i) => 7 * i + 3))
const levels = Uint8Array.from({ length: PIXELS }, (_, i) => (bright.has(i) ? 250 : 40))

describe('insertion and deletion where the truth is known', () => {
  const network = linearNetwork(
    Float32Array.from({ length: PIXELS }, (_, i) => (bright.has(i) ? 1 : 0)),
    -8,
  )
  let question: Question
  beforeAll(() => (question = questionOf(network, levels, SIZE)))
  afterAll(() => {
    disposeQuestion(question)
    network.dispose()
  })

  it('the true map has a high insertion and a low deletion; its opposite the reverse; chance lies between', async () => {
    const truth = Float32Array.from({ length: PIXELS }, (_, i) => (bright.has(i) ? 1 : 0))
    const good = await faithfulness(question, truth, calm())
    const bad = await faithfulness(
      question,
      truth.map((value) => -value),
      calm(),
    )
    const chance = await faithfulness(question, seededRng(9).uniformArray(PIXELS), calm())
    expect(good.insertion).toBeGreaterThan(chance.insertion + 0.2)
    expect(chance.insertion).toBeGreaterThan(bad.insertion + 0.1)
    expect(good.deletion).toBeLessThan(chance.deletion - 0.1)
    expect(chance.deletion).toBeLessThan(bad.deletion - 0.2)
  })

  it('the curves are the model at each stop, by hand', async () => {
    const truth = Float32Array.from({ length: PIXELS }, (_, i) => (bright.has(i) ? 1 + i / 1000 : 0))
    const { insertionCurve, deletionCurve } = await faithfulness(question, truth, calm())
    expect(insertionCurve).toHaveLength(CURVE_STEPS + 1)
    const grey = Math.round((16 * 250 + (PIXELS - 16) * 40) / PIXELS) / 255
    const probability = (inserted: number) => 1 / (1 + Math.exp(-(inserted * (250 / 255) + (16 - inserted) * grey - 8)))
    // Eight pixels move at each stop: all sixteen bright ones are in after two.
    expect(insertionCurve[0]).toBeCloseTo(probability(0), 5)
    expect(insertionCurve[1]).toBeCloseTo(probability(8), 5)
    expect(insertionCurve[2]).toBeCloseTo(probability(16), 5)
    expect(insertionCurve.at(-1)).toBeCloseTo(probability(16), 5)
    expect(deletionCurve[0]).toBeCloseTo(probability(16), 5)
    expect(deletionCurve[1]).toBeCloseTo(probability(8), 5)
    expect(deletionCurve.at(-1)).toBeCloseTo(probability(0), 5)
  })

  it('breaks ties by seed, not by place', () => {
    const flat = new Float32Array(PIXELS)
    const order = rankPixels(flat, seededRng(1))
    expect(order).not.toEqual(rankPixels(flat, seededRng(2)))
    expect(order).toEqual(rankPixels(flat, seededRng(1)))
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: PIXELS }, (_, i) => i))
    const ramp = Float32Array.from({ length: 4 }, (_, i) => i)
    expect(rankPixels(ramp, seededRng(1))).toEqual([3, 2, 1, 0])
  })

  it('areas by the trapezoid rule', () => {
    expect(areaOf([0, 1])).toBeCloseTo(0.5)
    expect(areaOf([1, 1, 0])).toBeCloseTo(0.75)
  })

  it('shuffled weights give another map of the same decision', async () => {
    const weight = seededRng(4)
      .normalArray(PIXELS)
      .map((value) => value * 0.05)
    const learned = linearNetwork(weight, 1)
    const before = tf.memory().numTensors
    const { network: shuffled, dispose } = shuffledNetwork(learned, seededRng(5))
    const values = shuffled.weights['dense.weight']?.dataSync() ?? []
    expect([...values].sort()).toEqual([...weight].sort())
    const film = questionOf(learned, levels, SIZE)
    const real = (await integratedGradients(film, calm(), 4)).map
    const random = (await integratedGradients({ ...film, network: shuffled }, calm(), 4)).map
    expect(Math.abs(spearman(real, random))).toBeLessThan(0.4)
    expect(spearman(real, real)).toBeCloseTo(1)
    disposeQuestion(film)
    dispose()
    expect(tf.memory().numTensors).toBe(before)
    learned.dispose()
  })
})

describe('likeness of maps', () => {
  it('Spearman looks at ranks alone and shares them among equals', () => {
    expect(spearman([1, 2, 3], [10, 100, 1000])).toBeCloseTo(1)
    expect(spearman([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1)
    // By hand: ranks 0.5, 0.5, 2 against 0, 1, 2.
    expect(spearman([5, 5, 9], [1, 2, 3])).toBeCloseTo(1.5 / Math.sqrt(1.5 * 2))
    expect(spearman([0, 0, 0], [1, 2, 3])).toBe(0)
  })

  it('structural similarity is 1 for the same structure in another unit and low for another one', () => {
    const rng = seededRng(2)
    const a = rng.normalArray(PIXELS)
    expect(
      structuralSimilarity(
        a,
        a.map((value) => 3 * value + 7),
        SIZE,
      ),
    ).toBeCloseTo(1, 5)
    expect(structuralSimilarity(a, rng.normalArray(PIXELS), SIZE)).toBeLessThan(0.3)
  })
})
