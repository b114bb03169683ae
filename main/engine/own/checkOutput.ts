import type { OutputPlan } from './outputPlan'
import type { Check } from './selfTest'

const SUM_TOLERANCE = 1e-3

/** Are the numbers what the manifest calls them? Said of real films, one row a film. */
export function checkOutput(rows: readonly (readonly number[])[], plan: OutputPlan): Check {
  const values = rows.flat()
  if (!values.every(Number.isFinite))
    return failed('Its output holds numbers that are not finite. Check the value range and the weights.')
  const low = Math.min(...values)
  const high = Math.max(...values)
  const between = `between ${low.toPrecision(3)} and ${high.toPrecision(3)}`
  const likeProbabilities = low >= 0 && high <= 1
  const sums = rows.map((row) => row.reduce((sum, value) => sum + value, 0))
  const sharedOut = plan.classes > 1 && sums.every((sum) => Math.abs(sum - 1) <= SUM_TOLERANCE)
  if (plan.kind === 'sigmoid' || plan.kind === 'softmax') {
    if (!likeProbabilities)
      return failed(
        `The manifest calls its outputs probabilities, but they lie ${between}. Is the output kind “${plan.kind === 'sigmoid' ? 'logits' : 'softmax-logits'}”?`,
      )
    if (plan.kind === 'softmax' && !sharedOut)
      return failed(
        'The manifest calls its output a softmax, but the classes do not add up to 1. Is the kind “sigmoid”?',
      )
    if (plan.kind === 'sigmoid' && sharedOut)
      return warning('Its classes add up to 1 on every film: is the output kind “softmax” rather than “sigmoid”?')
    return ok(`Its outputs are probabilities, ${between}.`)
  }
  if (likeProbabilities)
    return warning(
      `The manifest calls its outputs logits, but on these films they all lie ${between}, as probabilities do. Is the kind “${sharedOut ? 'softmax' : 'sigmoid'}”?`,
    )
  return ok(`Its outputs are logits, ${between} on these films.`)
}

const named =
  (status: Check['status']) =>
  (sentence: string): Check => ({ name: 'output', status, sentence })
const ok = named('ok')
const warning = named('warning')
const failed = named('failed')
