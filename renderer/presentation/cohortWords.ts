import type { CohortFilter, Estimate, Proportion, Quartiles } from '../../contract'
import { percent } from './words'

export const filterWords: Readonly<Record<keyof CohortFilter, string>> = {
  queue: 'Queue',
  view: 'View',
  sex: 'Sex',
  reader: 'Read by',
}

/** "81 % (72 – 88 %)", or a dash where there is nothing to count. */
export function proportionWords({ estimate }: Proportion): string {
  return estimate ? `${percent(estimate.value)} (${intervalWords(estimate)})` : '–'
}

export const intervalWords = ({ low, high }: Pick<Estimate, 'low' | 'high'>): string =>
  `${(low * 100).toFixed(0)} – ${percent(high)}`

/** A bootstrap gives no interval where every film stands on its side: no resampling can err. */
export function aucWords(auc: Estimate | null): string {
  if (!auc) return '–'
  const interval =
    auc.low === auc.high ? 'too few errors for an interval' : `${auc.low.toFixed(2)} – ${auc.high.toFixed(2)}`
  return `${auc.value.toFixed(2)} (${interval})`
}

/** Quartiles of fewer films than four would be made of the same films. */
export function quartileWords(of: Quartiles | null, films: number): string {
  if (of && films < 4) return percent(of.median)
  return of ? `${percent(of.median)} (${(of.lower * 100).toFixed(0)} – ${percent(of.upper)})` : '–'
}

/** Two decimals say enough of a threshold; three where it is near an end. */
export const thresholdWords = (threshold: number): string =>
  threshold > 0 && threshold < 1 && (threshold < 0.1 || threshold > 0.9) ? threshold.toFixed(3) : threshold.toFixed(2)

/** "false-positive" as "false positive". */
export const choiceWords = (value: string): string => value.replaceAll('-', ' ')
