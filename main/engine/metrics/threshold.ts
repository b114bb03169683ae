interface OperatingPoint {
  readonly threshold: number
  readonly sensitivity: number
  readonly specificity: number
}

/** Sensitivity and specificity of "score ≥ threshold". */
export function operatingPoint(
  scores: readonly number[],
  positive: readonly boolean[],
  threshold: number,
): OperatingPoint {
  const counts = { true: 0, false: 0, hit: 0, rejected: 0 }
  scores.forEach((score, i) => {
    if (positive[i]) {
      counts.true++
      if (score >= threshold) counts.hit++
    } else {
      counts.false++
      if (score < threshold) counts.rejected++
    }
  })
  return { threshold, sensitivity: counts.hit / counts.true, specificity: counts.rejected / counts.false }
}

/** The threshold with the largest sensitivity + specificity (Youden 1950), halfway to the next lower score. */
export function youdenPoint(scores: readonly number[], positive: readonly boolean[]): OperatingPoint {
  const sorted = [...new Set(scores)].sort((a, b) => a - b)
  let best = operatingPoint(scores, positive, sorted[0] ?? 0)
  for (let i = 1; i < sorted.length; i++) {
    const candidate = operatingPoint(scores, positive, ((sorted[i - 1] ?? 0) + (sorted[i] ?? 0)) / 2)
    if (candidate.sensitivity + candidate.specificity > best.sensitivity + best.specificity) best = candidate
  }
  return best
}
