import type { AucEstimate, Estimate, Quartiles } from '../cohort'
import { percent } from './percent'
import { hasInterval, hasQuartiles } from './spreads'

/** A value and its 95 % interval as they stand side by side, in the same digits. */
export interface EstimateWords {
  readonly value: string
  readonly interval: string
}

/** "81 %" and "72 – 88 %"; with a digit more where one of them would be written as a bound: "99.9 %", "99.7 – > 99.9 %". */
export function shareEstimateWords({ value, low, high }: Estimate): EstimateWords {
  const digits = digitsOf([value, low, high])
  return { value: exactPercent(value, digits), interval: span(low, high, digits) }
}

/** "0.91" and "0.87 – 0.94"; with a third digit near 0 and 1. Where there is no interval, why. */
export function aucEstimateWords({ value, low, high, patients }: AucEstimate): EstimateWords {
  const all = [value, low, high]
  const digits = all.some((one) => isBound(one, 0.005)) ? 3 : 2
  const text = (one: number) => bounded(one, digits)
  if (hasInterval({ low, high })) return { value: text(value), interval: `${text(low)} – ${text(high)}` }
  return { value: text(value), interval: `no interval: ${whyNone(value, patients)}` }
}

/** "32 % (28 – 41 %)"; the median alone of too few, a dash of none. */
export function quartileWords(of: Quartiles | null, films: number): string {
  if (!of) return '–'
  const digits = digitsOf(hasQuartiles(films) ? [of.median, of.lower, of.upper] : [of.median])
  const median = exactPercent(of.median, digits)
  return hasQuartiles(films) ? `${median} (${span(of.lower, of.upper, digits)})` : median
}

function whyNone(value: number, patients: number): string {
  if (patients === 1) return 'one patient'
  return value === 0 || value === 1 ? 'too few errors' : 'too few patients'
}

/** Whether it would round onto 0 or 1 without being so. */
const isBound = (share: number, half: number): boolean =>
  (share > 0 && share < half) || (share < 1 && share >= 1 - half)

const digitsOf = (shares: readonly number[]): number => (shares.some((share) => isBound(share, 0.005)) ? 1 : 0)

/** None and all are exact, so no digit behind the point is said of them. */
const exactPercent = (share: number, digits: number): string => percent(share, share === 0 || share === 1 ? 0 : digits)

const span = (low: number, high: number, digits: number): string =>
  `${exactPercent(low, digits).replace(/\u00a0%$/, '')} – ${exactPercent(high, digits)}`

function bounded(value: number, digits: number): string {
  const unit = 10 ** -digits
  if (isBound(value, unit / 2)) return value < 0.5 ? `<\u00a0${unit}` : `>\u00a0${(1 - unit).toFixed(digits)}`
  return value === 0 || value === 1 ? value.toFixed(2) : value.toFixed(digits)
}
