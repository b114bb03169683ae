import { partWords, type Part, type RetentionKind } from '../../contract/shared'
import { decisionWords } from './words'

interface Explanation {
  readonly title: string
  readonly text: string
}

/** What the explanations are about: the audit on screen, else the classifier that decides. */
interface Explained {
  /** On the film; null where it is not known. */
  readonly decision: boolean | null
  /** Of the audit; null before there is one. */
  readonly verdict: RetentionKind | null
  /** To which the audit was restricted; null: none was. */
  readonly part: Part | null
  readonly ownClassifier: boolean
}

/** "What you are looking at": what the pictures are, and what they are not. Two models speak here: the classifier and the flow. */
export function explanations({ decision, verdict, part, ownClassifier }: Explained): Explanation[] {
  const said = decision === null ? 'the decision' : `the decision "${decisionWords(decision)}"`
  return [
    { title: 'Simplified', text: verdict === null ? estimateText(said) : simplifiedText(said, verdict, part) },
    {
      title: 'Bit map',
      text: "Each pixel's cost in bits under the flow, a model of radiographs that has learned what chest films look like: the less expected, the more bits. It is a cost, not a cause. It does not show why the classifier decided, and a bright spot is not a lesion.",
    },
    {
      title: 'Detail left',
      text: "How much of the film's detail the search has left at each place, with equal weight for all sizes of structure: 0\u00a0% is only the mean grey, 100\u00a0% as on the film. That something was left does not prove that it decides.",
    },
    {
      title: 'Neighbours',
      text: 'The cost of a pixel depends on its neighbours, so the borders in the bit map are blurred by a few pixels. The sum over the picture is exact.',
    },
    {
      title: 'Above a flat picture',
      text: 'Even an empty grey picture costs bits. "Information above a flat picture" takes that cost off: the film has 100 %, a grey picture 0 %.',
    },
    {
      title: 'Probability',
      text: ownClassifier
        ? 'As given by your own classifier and its description. Whether about 80 % of the films given 80 % really have an effusion is not known here.'
        : 'Calibrated on films held out from trainings of the same recipe: about 80 % of those given 80 % had an effusion in the report. It can be wrong for other machines, patients and views, and where effusions are rarer or more common.',
    },
    {
      title: 'Limits',
      text: `${ownClassifier ? 'The classifier gets its pictures from 128 × 128 pixels' : 'The classifier sees 128 × 128 pixels'}, so small findings are invisible to it. Another seed or setting can lead to another simplified picture. Research use only.`,
    },
  ]
}

/** Before an audit. */
const estimateText = (decision: string): string =>
  `Before an audit this is at most a network's guess, of which nothing has been tested. An audit searches for the simplest picture that keeps ${decision} and that the classifier uses in the same way as the film.`

function simplifiedText(decision: string, verdict: RetentionKind, part: Part | null): string {
  const picture = part === null ? 'picture found' : `picture found in an audit of one part only (${partWords(part)})`
  const { found, gone } = {
    retained: {
      found: `The simplest ${picture} that keeps ${decision} and that the classifier uses in the same way, within the audit's limits.`,
      gone: 'What is gone was not needed by this classifier. What is left may be needed, or may only be expensive to remove.',
    },
    decision: {
      found: `The nearest ${picture}: it keeps ${decision}, but the classifier does not use it in the same way.`,
      gone: 'What is gone was not needed for the decision itself, but the classifier used it to get there.',
    },
    lost: {
      found: `The nearest ${picture}, but it does not keep ${decision} and so does not explain it.`,
      gone: 'Something that the classifier needs is gone.',
    },
  }[verdict]
  const rest = part === null ? '' : ' The part that had to stay as on the film was not tested.'
  return `${found} It is made of the film's own detail alone, weakened scale by scale and place by place, so edges and shades can look different. ${gone}${rest} It is shown with a contrast of its own: what looks strong here may be faint to the classifier.`
}
