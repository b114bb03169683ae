import type { FurtherTests } from '../../contract'
import { filmDistanceWords } from '../../contract/shared'
import { decisionPhrase, figure } from './words'

/** What a further test found: the outcome in one line, then what it rests on. `doubt`: to be read before the explanation is believed. */
interface TestLine {
  readonly kind: 'plain' | 'doubt'
  readonly headline: string
  readonly text: string
}

/** The shuffled search's map counts as another one only where it is this much less like the own one than two own ones are. */
const CLEARLY = 0.1
/** Below this two searches with the real weights do not find the same map again, so that a third one proves little. */
const REPEATABLE = 0.5
/** From here on a second classifier's probability has moved, though its decision has not. */
const MOVED = 0.2

type Randomised = NonNullable<FurtherTests['randomised']>

/** Rank correlations of a map with that of the first search, and how the map is spoken of. */
interface MapLikeness {
  readonly own: number
  readonly shuffled: number
  readonly ownDiffer: string
  readonly endsOther: string
  readonly otherWouldDo: string
  readonly isSame: string
  readonly where: string
}

/** By the detail left, on which two searches agree; by the bit maps in tests of earlier versions. */
function mapLikeness({ shuffled, own }: Randomised): MapLikeness {
  if (own.detailCorrelation !== undefined && shuffled.detailCorrelation !== undefined)
    return {
      own: own.detailCorrelation,
      shuffled: shuffled.detailCorrelation,
      ownDiffer: 'Two searches with the real weights already leave detail at different places.',
      endsOther: 'leaves detail at other places',
      otherWouldDo: 'Detail at other places would do as well.',
      isSame: 'With shuffled weights much the same detail is left.',
      where: 'where detail is left',
    }
  return {
    own: own.mapCorrelation,
    shuffled: shuffled.mapCorrelation,
    ownDiffer: 'The bit maps of two searches with the real weights already differ.',
    endsOther: 'ends at another bit map',
    otherWouldDo: 'Bits at other places would do.',
    isSame: 'With shuffled weights the bit map is much the same.',
    where: 'where the bits lie',
  }
}

/**
 * What the weight-randomisation check found: is detail left elsewhere, and does the classifier use the picture otherwise? Nothing is
 * said of how the pictures look: all of them are made of the film's own detail, so that their pixels correlate near 1 anyway.
 */
export function randomisedLine(check: Randomised): TestLine {
  const map = mapLikeness(check)
  const usedOther = check.shuffledDistance > check.ownDistance * (1 + CLEARLY)
  const used = `This classifier uses the picture of that search ${usedOther ? 'less like the film' : 'just as much like the film'}`
  if (map.own < REPEATABLE)
    return {
      kind: 'doubt',
      headline: map.ownDiffer,
      text: `So it says little whether they also differ with shuffled weights. ${used}.`,
    }
  if (map.shuffled < map.own - CLEARLY)
    return {
      ...(usedOther
        ? { kind: 'plain', headline: 'The result depends on what this classifier has learned.' }
        : { kind: 'doubt', headline: map.otherWouldDo }),
      text: `With shuffled weights the search ${map.endsOther}. ${used}.`,
    }
  return {
    kind: 'doubt',
    headline: map.isSame,
    text: usedOther
      ? `${used}, but ${map.where} says little about this classifier.`
      : `${used}: ${map.where} may say more about the film than about this classifier.`,
  }
}

interface TestFigures {
  readonly name: string
  readonly hint: string
  readonly own: string
  readonly shuffled: string
}

/**
 * The figures behind it, of two searches with the real weights and of one with shuffled ones.
 *
 * @param filmDistance matching distance of the film itself, where the audit measured it
 */
export function randomisedFigures(
  { shuffled, own, shuffledDistance, ownDistance }: Randomised,
  filmDistance: number | undefined,
): TestFigures[] {
  const ranks = (of: string) =>
    `Rank correlation with the ${of} of the first search: 1 is the same, 0 has nothing in common.`
  const detail = {
    name: 'Detail alike',
    hint: ranks('map of the detail left'),
    own: figure(own.detailCorrelation ?? NaN),
    shuffled: figure(shuffled.detailCorrelation ?? NaN),
  }
  return [
    ...(own.detailCorrelation === undefined ? [] : [detail]),
    {
      name: 'Bit maps alike',
      hint: ranks('bit map'),
      own: figure(own.mapCorrelation),
      shuffled: figure(shuffled.mapCorrelation),
    },
    {
      name: 'Pictures alike',
      hint: "Correlation of the pixels with those of the first search. All these pictures are made of the film's own detail, so it is near 1 whatever the weights.",
      own: figure(own.pixelCorrelation),
      shuffled: figure(shuffled.pixelCorrelation),
    },
    {
      name: 'Distance to the film',
      hint: `How differently this classifier, with its real weights, uses picture and film: ${filmDistanceWords(filmDistance)}.`,
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
      headline: 'A second classifier decides differently on what is left.',
      text: `${text} What is left serves the audited classifier more than others.`,
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
