import type { ModelName, ObjectiveName } from '../../contract'
import { objectiveWords } from './words'

/**
 * What can and cannot be had for a classifier of the user's own, and why: it runs with its own weights only, it has no twin that was
 * trained apart from it on the same films, and the instant estimate was trained for the product's.
 */
export const OWN_CAN = [
  'Decisions, audits by the activation match, bits and zones, other methods, the picture that flips it.',
  'A second opinion: the classifier that comes with the program is asked about film and simplified picture.',
] as const
export const OWN_CANNOT = [
  'Gradient match, gradient distance and the tests with shuffled weights: they need to change its weights, which is not possible.',
  'A second classifier trained separately on the same films.',
  'The instant estimate: its network was trained for the classifier that comes with the program.',
] as const

/** The choice of matching, as it stands for the classifier in use. */
export const objectiveHint = (objective: ObjectiveName, own: boolean): string =>
  own
    ? `${objectiveWords.activation.text} The gradient match would have to change the weights of your own classifier, which cannot be done.`
    : objectiveWords[objective].text

/** Before the further tests are made: what they are, and what is left out. */
export function testIntroduction({ own, fresh }: { own: boolean; fresh: ModelName | null }): string[] {
  const second = fresh ? `asks ${fresh}, ${own ? 'which comes with the program' : 'a second classifier'},` : ''
  if (own)
    return [
      ...(fresh ? [`Quick: ${second} about the film and about the simplified picture.`] : [NO_SECOND]),
      'Not for a classifier of your own: the search with shuffled weights, which would have to change them.',
    ]
  const shuffled = 'Searches again with shuffled weights'
  return fresh
    ? [`${shuffled}, and ${second} which never saw the search. Takes about as long as an audit.`]
    : [`${shuffled}. Takes about as long as an audit.`, NO_SECOND]
}

const NO_SECOND = 'No second classifier for the same finding is installed: its test is left out.'

/** How to read the second classifier's word on a classifier of the user's own. */
export const OWN_SECOND_CAVEAT =
  'It is built and trained differently from yours, perhaps on other films. Where the two disagree, either may be wrong.'

export const OWN_NOT_SHUFFLED =
  'Shuffled –: your own classifier cannot run with shuffled weights, so no such map could be made.'

export const NO_GRADIENT_DISTANCE =
  'No gradient distance: it compares what each weight did, and the weights of a classifier of your own cannot be reached.'
