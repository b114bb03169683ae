import type { ModelName, Sha256 } from '../../contract'

/** The classifier in use, as far as decisions and audits are held against it. */
export interface DecidingClassifier {
  readonly name: ModelName
  /** Of its weights; of the whole folder's manifest where it is the user's own. */
  readonly sha256: Sha256
  /** Of what turns its output into a probability and a decision: calibration and threshold. */
  readonly rule: Sha256
  /** Probability at and above which it says "effusion". */
  readonly threshold: number
}

/** Beyond rounding: an audit's threshold went through a logit and back. */
const SAME_THRESHOLD = 1e-6

/** Whether a decision is this classifier's. One of before rules were kept counts by its weights. */
export function isDecisionOf(
  { model, rule }: { readonly model: Sha256; readonly rule: Sha256 | null },
  by: Pick<DecidingClassifier, 'sha256' | 'rule'>,
): boolean {
  return model === by.sha256 && (rule === null || rule === by.rule)
}

/** Whether an audit is about this classifier: the same weights, deciding at the same threshold. */
export function isAuditOf(
  { classifier, threshold }: { readonly classifier: Sha256; readonly threshold: number },
  by: Pick<DecidingClassifier, 'sha256' | 'threshold'>,
): boolean {
  return classifier === by.sha256 && Math.abs(threshold - by.threshold) < SAME_THRESHOLD
}
