import { group } from 'd3-array'
import type { CellResult, ExperimentRun, TradeOff } from '../../../contract'
import { deviation, mean } from './statistics'

/** What a run's methods keep of the score for how many bits, means over seeds; null while nothing is finished. */
export function tradeOffOf({ results }: ExperimentRun): TradeOff | null {
  if (results.length === 0) return null
  const score = results.every(({ auc }) => auc !== null) ? 'auc' : 'accuracy'
  const references = results.map(({ reference }) => (score === 'auc' ? reference.auc : reference.accuracy))
  const methods = [...group(results, ({ cell }) => cell.method)]
  return {
    score,
    reference: mean(references.filter((value) => value !== null)),
    originalBpd: mean(results.map(({ bpd }) => bpd.original)),
    blankBpd: mean(results.map(({ bpd }) => bpd.blank)),
    series: methods.map(([method, ofMethod]) => ({
      method,
      points: [...group(ofMethod, ({ cell }) => cell.value)]
        .map(([value, ofValue]) => pointOf(value, ofValue, score))
        .sort((a, b) => a.bpd - b.bpd),
    })),
  }
}

function pointOf(
  value: number,
  results: readonly CellResult[],
  score: TradeOff['score'],
): TradeOff['series'][number]['points'][number] {
  const scores = results.map((result) => (score === 'auc' ? result.auc : null) ?? result.accuracy)
  const simplified = scores.map((of) => of.simplified)
  const own = results.length === 1 ? (results[0]?.spread ?? null) : null
  return {
    value,
    bpd: mean(results.map(({ bpd }) => bpd.simplified)),
    simplified: mean(simplified),
    original: mean(scores.map((of) => of.original)),
    spread: deviation(simplified) ?? own,
    cells: results.map(({ cell }) => cell.id),
  }
}
