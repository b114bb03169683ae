import type { CaseSummary, ClassifierView, OwnCheck, OwnTest } from '../../contract'
import { MODEL_SIZE } from '../../contract/shared'
import { decisionWords, percent, thresholdWords } from './words'

/** "The classifier says effusion, probability of effusion 83 %."; `named` where it is not the one that the audit on screen is about. */
export function modelSentence(
  { decision, probability }: Pick<CaseSummary, 'decision' | 'probability'>,
  named: string | null,
): string | null {
  if (decision === null || probability === null) return null
  const classifier = named === null ? 'The classifier' : `The classifier ${named}, which decides now,`
  return `${classifier} says ${decisionWords(decision)}, probability of effusion ${percent(probability)}.`
}

/** What a self-test came to, in the words of somebody who reads films. */
const selfTestWords: Record<OwnTest['verdict'], string> = {
  audit: 'Tested: it can decide and be audited.',
  read: 'Tested: it can decide, but it cannot be audited.',
  unusable: 'Tested: it cannot be used.',
}

export const checkWords: Record<OwnCheck['status'], string> = {
  ok: 'All right',
  warning: 'Look here',
  failed: 'Failed',
}

/** How sure one may be of a classifier: its mark and sentence. */
export function standingOf(view: ClassifierView): { mark: OwnCheck['status']; text: string } {
  if (view.refused) return { mark: 'failed', text: view.refused.message }
  if (!view.own) return { mark: 'ok', text: 'Comes with the program.' }
  if (!view.test) return { mark: 'warning', text: 'Not tested on this computer yet. Test it before you use it.' }
  const { verdict, checks } = view.test
  const warned = checks.some(({ status }) => status === 'warning')
  const mark = verdict === 'audit' ? (warned ? 'warning' : 'ok') : verdict === 'read' ? 'warning' : 'failed'
  const look = verdict === 'audit' && warned ? ' One of the answers wants a look.' : ''
  return { mark, text: `${selfTestWords[verdict]}${look}` }
}

/** What it sees of a film, and from where on it says yes. */
export function seesWords({ manifest, threshold }: ClassifierView): string | null {
  if (!manifest) return null
  const { width, height } = manifest.input
  const same = width === MODEL_SIZE && height === MODEL_SIZE
  const how = same ? 'as the workstation makes them' : `resampled from ${MODEL_SIZE} × ${MODEL_SIZE}`
  return `Sees films at ${width} × ${height} pixels, ${how}. Says effusion from ${thresholdWords(threshold ?? manifest.threshold)} on.`
}
