import type { CohortFilter, Estimate, Proportion, Quartiles } from '../../contract'
import { hasInterval, hasQuartiles } from '../../contract/shared'
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

export function aucWords(auc: Estimate | null): string {
  if (!auc) return '–'
  const interval = hasInterval(auc)
    ? `${auc.low.toFixed(2)} – ${auc.high.toFixed(2)}`
    : 'too few errors for an interval'
  return `${auc.value.toFixed(2)} (${interval})`
}

export function quartileWords(of: Quartiles | null, films: number): string {
  if (of && !hasQuartiles(films)) return percent(of.median)
  return of ? `${percent(of.median)} (${(of.lower * 100).toFixed(0)} – ${percent(of.upper)})` : '–'
}

/** "false-positive" as "false positive". */
export const choiceWords = (value: string): string => value.replaceAll('-', ' ')
