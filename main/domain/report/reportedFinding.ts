import type { Finding, StoredFinding } from '../../../contract'
import type { Fact, ReportedFinding } from './caseReport'
import { oneLine, paragraphs } from './notes'
import { timeText } from '../numbers'

const SEEN: Record<NonNullable<Finding['effusion']>, string> = {
  left: 'left',
  right: 'right',
  both: 'both sides',
  none: 'none',
  uncertain: 'uncertain',
}
const WHY: Record<Finding['reasons'][number], string> = {
  device: 'device',
  marker: 'marker',
  positioning: 'positioning',
  'other-pathology': 'other pathology',
  'poor-film': 'poor film',
  'label-wrong': 'label wrong',
  unknown: 'unknown',
}

/** A reader's finding in the words of the report; what was not answered is not printed. */
export function reportedFinding({ reader, state, savedAt, finding }: StoredFinding): ReportedFinding {
  const { effusion, size, agrees, reasons, text } = finding
  const facts: (Fact | null)[] = [
    effusion && { label: 'Effusion', value: size ? `${SEEN[effusion]}, ${size}` : SEEN[effusion] },
    agrees && { label: 'Agrees with the model', value: agrees },
    reasons.length > 0 ? { label: 'Why the model erred', value: reasons.map((why) => WHY[why]).join(', ') } : null,
  ]
  const time = `${timeText(savedAt)} UTC`
  return {
    reader: oneLine(reader),
    time: state === 'given' ? `given ${time}` : `draft of ${time}, not given`,
    facts: facts.filter((fact) => fact !== null),
    text: paragraphs(text),
  }
}
