import type { Retention } from './choose'

const LOWEST_BPD = 0
const HIGHEST_BPD = 16

/** What a cancel left unmeasured, in words. */
const MISSING = {
  repeats: 'further seeds',
  gradientDistance: 'the gradient distance',
  rivals: 'cheap rivals',
  someRivals: 'some of the cheap rivals',
} as const
export type MissingPart = keyof typeof MISSING

/** What a reader must know about an audit, in plain words. */
export function auditWarnings(of: {
  retention: Retention
  /** Of the certificate's noise draws, those under which the decision is the film's. */
  draws: { kept: number; of: number }
  /** A cancel came before the search was through. */
  searchCut: boolean
  missing: readonly MissingPart[]
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
  if (of.searchCut || of.missing.length > 0) warnings.push(stoppedWords(of))
  if (of.diverged) warnings.push('The search left the range of numbers and was ended early. What came before stands.')
  for (const [name, bpd] of Object.entries(of.bpd))
    if (!(bpd >= LOWEST_BPD && bpd <= HIGHEST_BPD))
      warnings.push(
        `The ${name === 'film' ? 'film' : 'counterpart'} lies outside the flow's range (${bpd.toFixed(2)} bits per pixel): its bits mean nothing.`,
      )
  return warnings
}

function stoppedWords({ searchCut, missing }: { searchCut: boolean; missing: readonly MissingPart[] }): string {
  const stopped = searchCut
    ? 'The audit was stopped early: a longer search may find a simpler picture.'
    : 'The audit was stopped after its search, which is complete.'
  return missing.length === 0 ? stopped : `${stopped} Not measured: ${missing.map((part) => MISSING[part]).join(', ')}.`
}
