import type { FurtherTests } from '../../contract'
import { decisionWords, figure, percent } from './words'

export interface TestLine {
  readonly text: string
  /** `doubt`: to be read before the explanation is believed. */
  readonly kind: 'plain' | 'doubt'
}

/** A shuffled search counts as different only where it is this much less like the own one than two own ones are. */
const CLEARLY = 0.1

/** What the weight-randomisation check found. */
export function randomisedLine({
  shuffled,
  own,
  shuffledDistance,
  ownDistance,
}: NonNullable<FurtherTests['randomised']>): TestLine {
  const differs =
    shuffled.mapCorrelation < own.mapCorrelation - CLEARLY || shuffledDistance > ownDistance * (1 + CLEARLY)
  const figures =
    `bit maps correlate ${figure(shuffled.mapCorrelation)} (two runs with the real weights: ${figure(own.mapCorrelation)}),` +
    ` pixels ${figure(shuffled.pixelCorrelation)} (${figure(own.pixelCorrelation)});` +
    ` the model's own use of that picture differs from the film by ${figure(shuffledDistance)} (${figure(ownDistance)})`
  return differs
    ? { kind: 'plain', text: `With shuffled weights the search ends at another picture: ${figures}.` }
    : {
        kind: 'doubt',
        text: `With shuffled weights the search ends at much the same picture: ${figures}. What is left may say more about the film than about this model.`,
      }
}

/** What the second classifier says of film and counterpart. */
export function freshLine({ model, film, simplified }: NonNullable<FurtherTests['fresh']>): TestLine {
  const says = (one: typeof film) => `${decisionWords(one.decision)} (${percent(one.probability)})`
  const both = `A second classifier that never saw the search (${model.name}) says ${says(film)} of the film and ${says(simplified)} of the simplified picture`
  return film.decision === simplified.decision
    ? { kind: 'plain', text: `${both}: the same decision.` }
    : { kind: 'doubt', text: `${both}: another decision. What is left serves the audited model more than others.` }
}

export function testLines(tests: FurtherTests | undefined): TestLine[] {
  if (!tests) return []
  return [
    ...(tests.randomised ? [randomisedLine(tests.randomised)] : []),
    ...(tests.fresh ? [freshLine(tests.fresh)] : []),
  ]
}
