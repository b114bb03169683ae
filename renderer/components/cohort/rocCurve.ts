import type { RocPoint } from '../../../contract'

/** A place on the ROC plane: 1 − specificity to the right, sensitivity upwards, both 0 … 1. */
interface RocPlace {
  readonly x: number
  readonly y: number
}

export const rocPlaceOf = ({ falsePositiveRate, sensitivity }: RocPoint): RocPlace => ({
  x: falsePositiveRate,
  y: sensitivity,
})

/** The point of the curve that a threshold gives: thresholds fall along it, and count from their own probability up. */
export const rocIndexAt = (points: readonly RocPoint[], threshold: number): number =>
  Math.max(0, points.filter((point) => point.threshold >= threshold).length - 1)

/** Null where the curve has no point. */
export const rocPointAt = (points: readonly RocPoint[], threshold: number): RocPoint | null =>
  points[rocIndexAt(points, threshold)] ?? null

/** The first of the points that lie closest to a place; null where the curve has none. */
export function nearestRocPoint(points: readonly RocPoint[], to: RocPlace): RocPoint | null {
  const distance = (point: RocPoint) => Math.hypot(point.falsePositiveRate - to.x, point.sensitivity - to.y)
  return points.reduce<RocPoint | null>(
    (best, point) => (best === null || distance(point) < distance(best) ? point : best),
    null,
  )
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  PageUp: 5,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageDown: -5,
}

/**
 * The threshold that a key leads to from `threshold`, along the curve: to the right more films are called.
 *
 * @returns null for the classifier's own threshold (Home), undefined where the key leads nowhere
 */
export function steppedThreshold(
  points: readonly RocPoint[],
  threshold: number,
  key: string,
): number | null | undefined {
  if (key === 'Home') return null
  const by = STEPS[key]
  if (by === undefined) return undefined
  const to = Math.min(points.length - 1, Math.max(0, rocIndexAt(points, threshold) + by))
  return points[to]?.threshold
}
