/** Probability = sigmoid(logit / temperature + bias). */
interface Calibration {
  readonly temperature: number
  readonly bias: number
}

export function calibrated(logit: number, { temperature, bias }: Calibration): number {
  return 1 / (1 + Math.exp(-(logit / temperature + bias)))
}

/**
 * Temperature and bias that minimise the log loss (Platt scaling), by Newton's method on slope and bias.
 *
 * @throws where one of the classes is empty
 */
export function fitCalibration(logits: readonly number[], positive: readonly boolean[]): Calibration {
  if (!positive.includes(true) || !positive.includes(false)) throw new Error('calibration needs both classes')
  let slope = 1
  let bias = 0
  const ridge = 1e-6
  for (let iteration = 0; iteration < 100; iteration++) {
    const sums = { a: -ridge * (slope - 1), b: 0, aa: ridge, ab: 0, bb: 1e-12 }
    logits.forEach((logit, i) => {
      const p = 1 / (1 + Math.exp(-(slope * logit + bias)))
      const residual = (positive[i] ? 1 : 0) - p
      const weight = p * (1 - p)
      sums.a += residual * logit
      sums.b += residual
      sums.aa += weight * logit * logit
      sums.ab += weight * logit
      sums.bb += weight
    })
    const determinant = sums.aa * sums.bb - sums.ab * sums.ab
    const moveA = (sums.bb * sums.a - sums.ab * sums.b) / determinant
    const moveB = (sums.aa * sums.b - sums.ab * sums.a) / determinant
    const length = Math.min(1, 2 / Math.hypot(moveA, moveB))
    slope = Math.max(1e-3, slope + length * moveA)
    bias += length * moveB
    if (Math.hypot(moveA, moveB) < 1e-10) break
  }
  return { temperature: 1 / slope, bias }
}

/**
 * Mean |observed − predicted| over ten equally filled groups of rising probability. Examples of one probability count alike, by the
 * share of positives among them: which of them fall on which side of a group's edge is then all one.
 */
export function calibrationError(probabilities: readonly number[], positive: readonly boolean[], groups = 10): number {
  const order = probabilities.map((_, i) => i).sort((i, j) => (probabilities[i] ?? 0) - (probabilities[j] ?? 0))
  const shares = shareOfPositives(probabilities, positive)
  const observedAt = (i: number) => shares.get(probabilities[i] ?? 0) ?? 0
  let error = 0
  for (let group = 0; group < groups; group++) {
    const part = order.slice(
      Math.floor((group * order.length) / groups),
      Math.floor(((group + 1) * order.length) / groups),
    )
    const gap = part.reduce((sum, i) => sum + observedAt(i) - (probabilities[i] ?? 0), 0)
    error += Math.abs(gap) / order.length
  }
  return error
}

/** The share of positives among all examples of a probability. */
function shareOfPositives(probabilities: readonly number[], positive: readonly boolean[]): Map<number, number> {
  const counts = new Map<number, { all: number; positives: number }>()
  probabilities.forEach((probability, i) => {
    const { all, positives } = counts.get(probability) ?? { all: 0, positives: 0 }
    counts.set(probability, { all: all + 1, positives: positives + (positive[i] ? 1 : 0) })
  })
  return new Map([...counts].map(([probability, { all, positives }]) => [probability, positives / all]))
}
