import type { Retention } from './choose'

const LOWEST_BPD = 0
const HIGHEST_BPD = 16

/** What a reader must know about an audit, in plain words. */
export function auditWarnings(of: {
  retention: Retention
  /** Of the certificate's noise draws, those under which the decision is the film's. */
  draws: { kept: number; of: number }
  cancelled: boolean
  diverged: boolean
  matchingDistance: number
  bpd: { film: number; simplified: number }
  filmDecisionSteady: boolean
}): string[] {
  const warnings: string[] = []
  if (of.retention === 'lost')
    warnings.push(
      'No simpler picture was found that keeps the decision. The picture shown is NOT a counterpart of this film: the classifier decides differently on it, or not reliably the same.',
    )
  else if (of.draws.kept < of.draws.of)
    warnings.push(
      `The picture shown is NOT a counterpart of this film: under grey-level noise that the search had not seen the decision is the same in ${of.draws.kept} of ${of.draws.of} draws only.`,
    )
  if (of.retention === 'decision')
    warnings.push(
      `The decision is kept, but the classifier does not use this picture as it uses the film (matching distance ${of.matchingDistance.toFixed(2)}, or its probability differs). Do not read it as an explanation.`,
    )
  if (!of.filmDecisionSteady)
    warnings.push(
      "The film's own probability is so near the threshold that grey-level noise alone changes the decision. Whether a picture keeps it says little.",
    )
  if (of.cancelled)
    warnings.push(
      'The audit was stopped early. A longer search may find a simpler picture; cheap rivals were not compared.',
    )
  if (of.diverged) warnings.push('The search left the range of numbers and was ended early. What came before stands.')
  for (const [name, bpd] of Object.entries(of.bpd))
    if (!(bpd >= LOWEST_BPD && bpd <= HIGHEST_BPD))
      warnings.push(
        `The ${name === 'film' ? 'film' : 'counterpart'} lies outside the flow's range (${bpd.toFixed(2)} bits per pixel): its bits mean nothing.`,
      )
  return warnings
}
