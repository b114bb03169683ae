import { EFFUSION_WORDS, REASON_WORDS, type AuditRecord, type ModelAnswer, type StoredFinding } from '../../../contract'
import { isAuditOf } from '../decidingClassifier'
import { timeText } from '../numbers'
import type { Fact, ReportedFinding } from './caseReport'
import { oneLine, paragraphs } from './notes'
import { probabilityBeside } from './thresholdText'

type Audited = Pick<AuditRecord, 'model' | 'threshold'>

/**
 * A reader's finding in the words of the report; what was not answered is not printed.
 *
 * @param audited the classifier of the report, beside which an agreement with another one must not be read as one with it
 */
export function reportedFinding(
  { reader, state, savedAt, finding, about }: StoredFinding,
  audited: Audited,
): ReportedFinding {
  const { effusion, size, agrees, reasons, text } = finding
  const facts: (Fact | null)[] = [
    effusion && { label: 'Effusion', value: size ? `${EFFUSION_WORDS[effusion]}, ${size}` : EFFUSION_WORDS[effusion] },
    agrees && { label: 'Agrees with the classifier', value: `${agrees} (${aboutText(about, audited)})` },
    reasons.length > 0
      ? { label: 'Why the classifier erred', value: reasons.map((why) => REASON_WORDS[why]).join(', ') }
      : null,
  ]
  const time = `${timeText(savedAt)} UTC`
  return {
    reader: oneLine(reader),
    time: state === 'given' ? `given ${time}` : `draft of ${time}, not given`,
    facts: facts.filter((fact) => fact !== null),
    text: paragraphs(text),
  }
}

/** Which classifier the reader judged, and what it had said of the film. */
function aboutText(about: ModelAnswer | undefined, { model, threshold }: Audited): string {
  if (!about) return 'which classifier that was is not recorded'
  const { name, sha256, probability, present } = about
  const says = `“${present ? 'effusion' : 'no effusion'}”, ${probabilityBeside(probability, about.threshold)}`
  if (isAuditOf({ classifier: sha256, threshold: about.threshold }, { sha256: model.sha256, threshold }))
    return `${name}: ${says}`
  const other = name === model.name ? `another version of ${name}` : `another classifier, ${name}`
  return `about ${other}: ${says}`
}
