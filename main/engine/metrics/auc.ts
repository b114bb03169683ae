import type { Rng } from '../rng'

/**
 * Area under the ROC curve: the chance that a positive scores above a negative, ties counted half (Mann–Whitney U).
 *
 * @param positive whether each example is positive
 * @returns NaN where one of the classes is empty
 */
export function auc(scores: readonly number[], positive: readonly boolean[]): number {
  const order = scores.map((_, i) => i).sort((i, j) => (scores[i] ?? 0) - (scores[j] ?? 0))
  let positives = 0
  let rankSum = 0
  for (let start = 0; start < order.length;) {
    let end = start
    while (end < order.length && scores[order[end] ?? 0] === scores[order[start] ?? 0]) end++
    const meanRank = (start + 1 + end) / 2
    for (let k = start; k < end; k++)
      if (positive[order[k] ?? 0]) {
        positives++
        rankSum += meanRank
      }
    start = end
  }
  const negatives = scores.length - positives
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives)
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
  const members = new Map<string, number[]>()
  of.groups.forEach((group, i) => members.set(group, [...(members.get(group) ?? []), i]))
  const patients = [...members.values()]
  const drawn: number[] = []
  for (let draw = 0; draw < (of.draws ?? 1000); draw++) {
    const sample = patients.flatMap(() => patients[of.rng.integer(patients.length)] ?? [])
    const value = auc(
      sample.map((i) => scores[i] ?? 0),
      sample.map((i) => positive[i] ?? false),
    )
    if (!Number.isNaN(value)) drawn.push(value)
  }
  drawn.sort((a, b) => a - b)
  const at = (share: number) => drawn[Math.round(share * (drawn.length - 1))] ?? NaN
  return { value: auc(scores, positive), low: at(0.025), high: at(0.975) }
}
