import type { Rng } from '../rng'

/**
 * Area under the ROC curve: the chance that a positive scores above a negative, ties counted half (Mann–Whitney U).
 *
 * @param positive whether each example is positive
 * @returns NaN where one of the classes is empty
 */
export function auc(scores: readonly number[], positive: readonly boolean[]): number {
  return weightedAuc(rank(scores, positive), new Float64Array(scores.length).fill(1))
}

/** Examples in the order of their scores; sorting once makes a thousand resamplings cheap. */
interface Ranked {
  /** Index of the example at each place. */
  readonly order: Int32Array
  /** Whether the example at this place scores the same as the one before. */
  readonly tied: readonly boolean[]
  readonly positive: readonly boolean[]
}

function rank(scores: readonly number[], positive: readonly boolean[]): Ranked {
  const order = Int32Array.from(scores.keys()).sort((i, j) => (scores[i] ?? 0) - (scores[j] ?? 0))
  const tied = Array.from(order, (index, place) => place > 0 && scores[index] === scores[order[place - 1] ?? 0])
  return { order, tied, positive }
}

/** AUC of examples that count `weights` times each: Σ over positives of (negatives below + half of those tied). */
function weightedAuc({ order, tied, positive }: Ranked, weights: Float64Array): number {
  const sums = { positives: 0, below: 0, won: 0, tiedPositives: 0, tiedNegatives: 0 }
  const closeGroup = () => {
    sums.won += sums.tiedPositives * (sums.below + sums.tiedNegatives / 2)
    sums.positives += sums.tiedPositives
    sums.below += sums.tiedNegatives
    sums.tiedPositives = 0
    sums.tiedNegatives = 0
  }
  for (let place = 0; place < order.length; place++) {
    if (!tied[place]) closeGroup()
    const index = order[place] ?? 0
    if (positive[index]) sums.tiedPositives += weights[index] ?? 0
    else sums.tiedNegatives += weights[index] ?? 0
  }
  closeGroup()
  return sums.won / (sums.positives * sums.below)
}

export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}

/**
 * AUC with its 95 % interval from resampling patients (films of one patient are not independent), percentile method.
 *
 * @param of `groups`: the patient of each film; `rng`: seeded, so that the interval is reproducible
 */
export function aucInterval(
  scores: readonly number[],
  positive: readonly boolean[],
  of: { groups: readonly string[]; rng: Rng; draws?: number },
): Interval {
  const names = [...new Set(of.groups)]
  const place = new Map(names.map((name, i) => [name, i]))
  const patient = of.groups.map((group) => place.get(group) ?? 0)
  const ranked = rank(scores, positive)
  const weights = new Float64Array(scores.length)
  const drawn: number[] = []
  for (let draw = 0; draw < (of.draws ?? 1000); draw++) {
    const times = new Float64Array(names.length)
    for (let i = 0; i < names.length; i++) {
      const chosen = of.rng.integer(names.length)
      times[chosen] = (times[chosen] ?? 0) + 1
    }
    for (let i = 0; i < weights.length; i++) weights[i] = times[patient[i] ?? 0] ?? 0
    const value = weightedAuc(ranked, weights)
    if (!Number.isNaN(value)) drawn.push(value)
  }
  drawn.sort((a, b) => a - b)
  const at = (share: number) => drawn[Math.round(share * (drawn.length - 1))] ?? NaN
  return { value: auc(scores, positive), low: at(0.025), high: at(0.975) }
}
