import { auc } from '../metrics'
import type { OwnPlan } from './ownNetwork'
import { CLIPPED } from './outputPlan'
import type { Check } from './selfTest'

/** Log-odds that all films share to within this are no reading of films. */
const SAME_FOR_ALL = 1e-4
const WORSE_THAN_CHANCE = 0.3
/** Fewer labelled films than this of either kind say nothing. */
const FEWEST = 3

/** Does it tell films apart, and is it so sure that no gradient is left? */
export function checkFilms(
  output: readonly (readonly number[])[],
  logits: readonly number[],
  { output: plan }: Pick<OwnPlan, 'output'>,
): Check[] {
  const spread = Math.max(...logits) - Math.min(...logits)
  const apart: Check =
    spread > SAME_FOR_ALL
      ? {
          name: 'films',
          status: 'ok',
          sentence: `It tells the films apart: log-odds from ${Math.min(...logits).toFixed(2)} to ${Math.max(...logits).toFixed(2)}.`,
        }
      : {
          name: 'films',
          status: 'failed',
          sentence:
            'It gives every film the same answer. Are the weights trained, and are value range, mean and std those of its training?',
        }
  if (plan.kind !== 'sigmoid' && plan.kind !== 'softmax') return [apart]
  const stuck = output.filter(([...row]) => {
    const p = row[plan.finding] ?? NaN
    return p <= CLIPPED || p >= 1 - CLIPPED
  }).length
  if (stuck === 0) return [apart]
  const share = `On ${stuck} of ${output.length} films its probability is 0 or 1 to six digits`
  return [
    apart,
    stuck > output.length / 2
      ? {
          name: 'saturation',
          status: 'failed',
          sentence: `${share}: no gradient is left there, and no audit can be had. Export the model without its last activation and call the output kind “${plan.kind === 'sigmoid' ? 'logits' : 'softmax-logits'}”.`,
        }
      : {
          name: 'saturation',
          status: 'warning',
          sentence: `${share}. These films cannot be audited; export the model without its last activation to mend it.`,
        },
  ]
}

/** Does it rank films with the finding above those without? A hint that the right column was named, not a measure of quality. */
export function checkLabels(logits: readonly number[], labels: readonly (boolean | null)[]): Check[] {
  const known = logits.flatMap((score, i) => {
    const present = labels[i]
    return typeof present === 'boolean' && Number.isFinite(score) ? [{ score, present }] : []
  })
  const positives = known.filter(({ present }) => present).length
  if (positives < FEWEST || known.length - positives < FEWEST) return []
  const area = auc(
    known.map(({ score }) => score),
    known.map(({ present }) => present),
  )
  const films = `on the ${known.length} labelled films (${positives} with the finding) its AUC is ${area.toFixed(2)}`
  if (area < WORSE_THAN_CHANCE)
    return [
      {
        name: 'labels',
        status: 'warning',
        sentence: `It ranks films without the finding above those with it: ${films}. Does “finding” name the right column, and is black 0 and white 1 the right way round?`,
      },
    ]
  return [
    {
      name: 'labels',
      status: area < 0.6 ? 'warning' : 'ok',
      sentence: `Of its worth: ${films}. ${area < 0.6 ? 'That is near a coin toss: its audits show what it uses, not what a good reader would.' : 'So few films say little of its quality.'}`,
    },
  ]
}
