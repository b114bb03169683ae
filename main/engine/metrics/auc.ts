import type { Rng } from '../rng'

/**
 * Area under the ROC curve: the chance that a positive scores above a negative, ties counted half (Mann–Whitney U).
 *
 * @param positive whether each example is positive
 * @returns NaN where one of the classes is empty
 */
export function auc(scores: readonly number[], positive: readonly boolean[]): number {
  return aucOfTimes(rank({ scores, positive, groups: scores.map((_, i) => `${i}`) }), null)
}

/** Films by their scores, and whose each is. */
interface Examples {
  readonly scores: readonly number[]
  readonly positive: readonly boolean[]
  /** The patient of each film. */
  readonly groups: readonly string[]
}

/** Examples in the order of their scores, one place an example: sorting once makes a thousand resamplings cheap. */
interface Ranked {
  /** Number of the group. */
  readonly group: Int32Array
  readonly positive: Uint8Array
  /** 1: the same score as the one before it. */
  readonly tied: Uint8Array
  readonly groups: number
}

function rank({ scores, positive, groups }: Examples): Ranked {
  const order = Int32Array.from(scores.keys()).sort((i, j) => (scores[i] ?? 0) - (scores[j] ?? 0))
  const numbers = new Map<string, number>()
  for (const name of groups) if (!numbers.has(name)) numbers.set(name, numbers.size)
  return {
    group: order.map((index) => numbers.get(groups[index] ?? '') ?? 0),
    positive: Uint8Array.from(order, (index) => (positive[index] ? 1 : 0)),
    tied: Uint8Array.from(order, (index, place) =>
      place > 0 && scores[index] === scores[order[place - 1] ?? 0] ? 1 : 0,
    ),
    groups: numbers.size,
  }
}

/**
 * Σ over positives of (negatives below + half of those tied) / (positives · negatives), an example as often as its group was drawn.
 *
 * @param times of each group; null: all once
 */
function aucOfTimes({ group, positive, tied }: Ranked, times: Int32Array | null): number {
  let [positives, below, won, tiedPositives, tiedNegatives] = [0, 0, 0, 0, 0]
  for (let place = 0; place < group.length; place++) {
    if (tied[place] === 0) {
      won += tiedPositives * (below + tiedNegatives / 2)
      positives += tiedPositives
      below += tiedNegatives
      tiedPositives = 0
      tiedNegatives = 0
    }
    const often = times === null ? 1 : (times[group[place] ?? 0] ?? 0)
    if (positive[place] === 1) tiedPositives += often
    else tiedNegatives += often
  }
  won += tiedPositives * (below + tiedNegatives / 2)
  return won / ((positives + tiedPositives) * (below + tiedNegatives))
}

export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}

const DRAWS = 1000

/**
 * AUCs of films of patients drawn with replacement (films of one patient are not independent), one after the other, so that who
 * counts many films may pause between. NaN where a draw has one class alone.
 *
 * @param rng seeded, so that the draws are reproducible
 */
export function* resampledAucs(examples: Examples, rng: Rng, draws = DRAWS): Generator<number> {
  const ranked = rank(examples)
  const times = new Int32Array(ranked.groups)
  for (let draw = 0; draw < draws; draw++) {
    times.fill(0)
    for (let i = 0; i < times.length; i++) {
      const chosen = rng.integer(times.length)
      times[chosen] = (times[chosen] ?? 0) + 1
    }
    yield aucOfTimes(ranked, times)
  }
}

/** The AUC with its 95 % interval by the percentile method, `drawn` as from `resampledAucs`. */
export function intervalOf({ scores, positive }: Omit<Examples, 'groups'>, drawn: Iterable<number>): Interval {
  const ascending = Float64Array.from([...drawn].filter((value) => !Number.isNaN(value))).sort()
  const at = (share: number) => ascending[Math.round(share * (ascending.length - 1))] ?? NaN
  return { value: auc(scores, positive), low: at(0.025), high: at(0.975) }
}

/** AUC with its 95 % interval from resampling patients, in one go. */
export function aucInterval(
  scores: readonly number[],
  positive: readonly boolean[],
  { groups, rng, draws = DRAWS }: { groups: readonly string[]; rng: Rng; draws?: number },
): Interval {
  const examples = { scores, positive, groups }
  return intervalOf(examples, resampledAucs(examples, rng, draws))
}
