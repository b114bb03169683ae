import * as tf from '@tensorflow/tfjs-core'
import { probabilityOf } from '../audit'
import type { Rng } from '../rng'
import { scores, step, type Question, type StepControl } from './question'

/** Stops of each curve, beside its start. */
export const CURVE_STEPS = 32
const BATCH = 11

/** Passes of a batch that both curves of one map take. */
export const FAITHFULNESS_PASSES = 2 * Math.ceil((CURVE_STEPS + 1) / BATCH)

export interface Faithfulness {
  /** Areas under the curves, 0 … 1. */
  readonly insertion: number
  readonly deletion: number
  /** Probability of the decision at each stop, from no to all pixels moved [CURVE_STEPS + 1]. */
  readonly insertionCurve: number[]
  readonly deletionCurve: number[]
}

/**
 * Insertion and deletion (Petsiuk et al. 2018, RISE): pixels in the order of a map's values, highest first, are put into a
 * flat grey picture, or taken out of the film and greyed; the probability of the decision is followed and its area taken.
 * A map that names what the decision needs has a high insertion and a low deletion. Both ends are the same flat grey as in
 * every method here. One ranking for all maps: values as they are, equal ones in seeded random order.
 *
 * @throws Interrupted once cancelled
 */
export async function faithfulness(
  question: Question,
  map: Float32Array,
  { rng, ...control }: StepControl & { readonly rng: Rng },
): Promise<Faithfulness> {
  const order = rankPixels(map, rng)
  const insertionCurve = await curve(question, { order, from: question.flat, to: question.film }, control)
  const deletionCurve = await curve(question, { order, from: question.film, to: question.flat }, control)
  return { insertion: areaOf(insertionCurve), deletion: areaOf(deletionCurve), insertionCurve, deletionCurve }
}

/** Pixel indices, highest value first; equal values in random order. */
export function rankPixels(map: Float32Array, rng: Rng): number[] {
  // The sort is stable, so that the shuffle decides among equals.
  return rng.permutation(map.length).sort((i, j) => (map[j] ?? 0) - (map[i] ?? 0))
}

async function curve(
  question: Question,
  way: { readonly order: readonly number[]; readonly from: tf.Tensor4D; readonly to: tf.Tensor4D },
  control: StepControl,
): Promise<number[]> {
  const { size } = question
  const [current, target] = [Float32Array.from(way.from.dataSync()), way.to.dataSync()]
  const pixels = size * size
  const values: number[] = []
  let moved = 0
  for (let first = 0; first <= CURVE_STEPS; first += BATCH) {
    const count = Math.min(BATCH, CURVE_STEPS + 1 - first)
    const pictures = new Float32Array(count * pixels)
    for (let i = 0; i < count; i++) {
      const until = Math.round(((first + i) * pixels) / CURVE_STEPS)
      for (; moved < until; moved++) {
        const index = way.order[moved] ?? 0
        current[index] = target[index] ?? 0
      }
      pictures.set(current, i * pixels)
    }
    const x = tf.tensor4d(pictures, [count, size, size, 1])
    values.push(...Array.from(scores(question, x), probabilityOf))
    x.dispose()
    await step(control)
  }
  return values
}

/** Trapezoid rule over [0, 1]. */
export function areaOf(values: readonly number[]): number {
  const inner = values.reduce((sum, value) => sum + value, 0)
  return (inner - ((values[0] ?? 0) + (values.at(-1) ?? 0)) / 2) / (values.length - 1)
}
