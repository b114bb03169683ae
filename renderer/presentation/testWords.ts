import type { FurtherTests } from '../../contract'
import { decisionPhrase, figure } from './words'

/** What a further test found: the outcome in one line, then what it rests on. `doubt`: to be read before the explanation is believed. */
export interface TestLine {
  readonly kind: 'plain' | 'doubt'
  readonly headline: string
  readonly text: string
}

/** A shuffled search counts as different only where it is this much less like the own one than two own ones are. */
const CLEARLY = 0.1
/** From here on a second classifier's probability has moved, though its decision has not. */
const MOVED = 0.2

type Randomised = NonNullable<FurtherTests['randomised']>

/** What the weight-randomisation check found: does the picture look otherwise, and does the model use it otherwise? */
export function randomisedLine({ shuffled, own, shuffledDistance, ownDistance }: Randomised): TestLine {
  const looksOther = shuffled.mapCorrelation < own.mapCorrelation - CLEARLY
  const usedOther = shuffledDistance > ownDistance * (1 + CLEARLY)
  if (looksOther && usedOther)
    return {
      kind: 'plain',
      headline: 'The result depends on what this model has learned.',
      text: 'With shuffled weights the search ends at another picture, which this model uses less like the film.',
    }
  if (usedOther)
    return {
      kind: 'doubt',
      headline: 'With shuffled weights the picture looks much the same.',
      text: 'This model uses it less like the film, but how the simplified picture looks says little about this model.',
    }
  if (looksOther)
    return {
      kind: 'doubt',
      headline: 'Several pictures would do.',
      text: 'With shuffled weights the search ends at another picture, which this model uses just as much like the film.',
    }
  return {
    kind: 'doubt',
    headline: 'With shuffled weights the search ends at much the same picture.',
    text: 'What is left may say more about the film than about this model.',
  }
}

export interface TestFigures {
  readonly name: string
  readonly hint: string
  readonly own: string
  readonly shuffled: string
}

/** The figures behind it, of two searches with the real weights and of one with shuffled ones. */
export function randomisedFigures({ shuffled, own, shuffledDistance, ownDistance }: Randomised): TestFigures[] {
  return [
    {
      name: 'Bit maps alike',
      hint: 'Rank correlation with the bit map of the first search: 1 is the same, 0 has nothing in common.',
      own: figure(own.mapCorrelation),
      shuffled: figure(shuffled.mapCorrelation),
    },
    {
      name: 'Pictures alike',
      hint: 'Correlation of the pixels with those of the first search: 1 is the same, 0 has nothing in common.',
      own: figure(own.pixelCorrelation),
      shuffled: figure(shuffled.pixelCorrelation),
    },
    {
      name: 'Distance to the film',
      hint: 'How differently this model, with its real weights, uses picture and film: 0 is the same, 1 has nothing in common.',
      own: figure(ownDistance),
      shuffled: figure(shuffledDistance),
    },
  ]
}

/** What the second classifier says of film and counterpart. */
export function freshLine({ model, threshold, film, simplified }: NonNullable<FurtherTests['fresh']>): TestLine {
  const says = (one: typeof film) => decisionPhrase(one.decision, one.probability, threshold)
  const text = `${model.name}, which never saw the search, says of the film: ${says(film)}; of the simplified picture: ${says(simplified)}.`
  if (film.decision !== simplified.decision)
    return {
      kind: 'doubt',
      headline: 'A second classifier decides otherwise on what is left.',
      text: `${text} What is left serves the audited model more than others.`,
    }
  return Math.abs(simplified.probability - film.probability) >= MOVED
    ? {
        kind: 'doubt',
        headline: `A second classifier decides the same, but ${surer(film, simplified) ? 'more' : 'less'} surely than on the film.`,
        text,
      }
    : { kind: 'plain', headline: 'A second classifier decides the same.', text }
}

/** Whether it is further from the middle, on its own side. */
const surer = (film: { probability: number; decision: boolean }, simplified: { probability: number }): boolean =>
  simplified.probability > film.probability === film.decision
