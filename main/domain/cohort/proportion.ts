import type { Proportion } from '../../../contract'

/** Normal quantile of a two-sided 95 % interval. */
const Z = 1.959963984540054

/**
 * A share with its 95 % score interval: (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n).
 *
 * Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927). It stays
 * within 0 … 1 and has a width where p is 0 or 1, which few films make likely.
 *
 * @param hits 0 … total
 */
export function proportionOf(hits: number, total: number): Proportion {
  if (total === 0) return { hits, total, estimate: null }
  const value = hits / total
  const square = (Z * Z) / total
  const middle = value + square / 2
  const half = Z * Math.sqrt((value * (1 - value)) / total + square / (4 * total))
  const low = hits === 0 ? 0 : (middle - half) / (1 + square)
  const high = hits === total ? 1 : (middle + half) / (1 + square)
  return { hits, total, estimate: { value, low, high } }
}

/** The share of `items` that meet a condition. */
export function proportionWhere<T>(items: readonly T[], meets: (item: T) => boolean): Proportion {
  return proportionOf(items.filter(meets).length, items.length)
}
