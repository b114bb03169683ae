import type { Rng } from '../rng'
import type { Interval } from './auc'

const DRAWS = 1000

/**
 * The mean with its 95 % interval from resampling the values, percentile method.
 *
 * @param values at least one
 * @param rng seeded, so that the interval is reproducible
 */
export function meanInterval(values: readonly number[], rng: Rng): Interval {
  const meanOf = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length
  const means = Array.from({ length: DRAWS }, () => meanOf(values.map(() => values[rng.integer(values.length)] ?? NaN)))
  means.sort((a, b) => a - b)
  return { value: meanOf(values), low: means[25] ?? NaN, high: means[974] ?? NaN }
}
