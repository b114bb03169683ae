import type { AucEstimate, CohortFilter, Proportion } from '../../contract'
import { aucEstimateWords, shareEstimateWords } from '../../contract/shared'

export const filterWords: Readonly<Record<keyof CohortFilter, string>> = {
  queue: 'Queue',
  view: 'View',
  sex: 'Sex',
  reader: 'Read by',
}

/** "81 % (72 – 88 %)", or a dash where there is nothing to count. */
export function proportionWords({ estimate }: Proportion): string {
  if (!estimate) return '–'
  const { value, interval } = shareEstimateWords(estimate)
  return `${value} (${interval})`
}

/** The cells of a rate: its value, and its interval or why there is neither. */
export function rateCells({ estimate, total }: Proportion): { readonly value: string; readonly interval: string } {
  if (estimate) return shareEstimateWords(estimate)
  return { value: '–', interval: total === 0 ? 'nothing to count' : 'fixed: one label only' }
}

export function aucWords(auc: AucEstimate | null): string {
  if (!auc) return '–'
  const { value, interval } = aucEstimateWords(auc)
  return `${value} (${interval})`
}

/** "false-positive" as "false positive". */
export const choiceWords = (value: string): string => value.replaceAll('-', ' ')
