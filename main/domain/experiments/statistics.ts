export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Standard deviation with n − 1; null for fewer than two values. */
export function deviation(values: readonly number[]): number | null {
  if (values.length < 2) return null
  const middle = mean(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1))
}

/** "0.95 ± 0.01", "0.95" for one value, "–" for none. */
export function spreadText(values: readonly number[], digits: number, factor = 1): string {
  if (values.length === 0) return '–'
  const spread = deviation(values)
  const middle = (factor * mean(values)).toFixed(digits)
  return spread === null ? middle : `${middle} ± ${(factor * spread).toFixed(digits)}`
}
