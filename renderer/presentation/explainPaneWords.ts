import type { ExplainPane } from '../stores/methodStage'
import { methodWords } from './methodWords'

/** Title, meaning, and what stands there while nothing does. */
export const explainPaneWords: Readonly<
  Record<ExplainPane, { readonly title: string; readonly text: string; readonly missing: string }>
> = {
  gradCam: { ...methodWords.gradCam, missing: 'Compute other methods in the Evidence tab.' },
  integratedGradients: { ...methodWords.integratedGradients, missing: 'Compute other methods in the Evidence tab.' },
  occlusion: { ...methodWords.occlusion, missing: 'Compute other methods in the Evidence tab.' },
  lastKept: {
    title: 'Last that keeps it',
    text: 'The last picture on the way on which the model still decides as on the film.',
    missing: 'Press on in the Evidence tab.',
  },
  firstFlipped: {
    title: 'First that flips it',
    text: 'The first picture on the way on which the model decides otherwise.',
    missing: 'The decision did not flip.',
  },
  difference: {
    title: 'Difference',
    text: 'The picture after the flip minus the one before, in grey levels.',
    missing: 'Without a flip there is no difference.',
  },
}
