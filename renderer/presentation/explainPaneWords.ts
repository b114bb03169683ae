import type { ExplainTask } from '../../contract'
import type { ExplainPane } from './panes'
import type { CaseExplanations } from './explainStream'
import { methodWords } from './methodWords'

/** Title and meaning. */
export const explainPaneWords: Readonly<Record<ExplainPane, { readonly title: string; readonly text: string }>> = {
  gradCam: methodWords.gradCam,
  integratedGradients: methodWords.integratedGradients,
  occlusion: methodWords.occlusion,
  lastKept: {
    title: 'Last that keeps it',
    text: 'The last picture on the way on which the classifier still decides as on the film.',
  },
  firstFlipped: {
    title: 'First that flips it',
    text: 'The first picture on the way on which the classifier’s decision changes.',
  },
  difference: {
    title: 'Difference',
    text: 'The picture after the flip minus the one before, in grey levels.',
  },
}

const TASKS: Readonly<Record<ExplainPane, ExplainTask>> = {
  gradCam: 'methods',
  integratedGradients: 'methods',
  occlusion: 'methods',
  lastKept: 'counterfactual',
  firstFlipped: 'counterfactual',
  difference: 'counterfactual',
}

/** What stands in a pane while no picture does: that it is being made, how to make it, or that there is none. */
export function missingWords(pane: ExplainPane, known: Pick<CaseExplanations, 'task' | 'counterfactual'>): string {
  const { task, counterfactual } = known
  if (task === TASKS[pane]) return 'Being computed …'
  if (TASKS[pane] === 'methods') return 'Compute other methods in the Checks tab.'
  const held = counterfactual?.stopped === 'finished' && counterfactual.firstFlipped === null
  if (held && pane === 'firstFlipped') return 'The decision did not flip.'
  if (held && pane === 'difference') return 'Without a flip there is no difference.'
  return 'Start it in the Checks tab: “Press on until it flips”.'
}
