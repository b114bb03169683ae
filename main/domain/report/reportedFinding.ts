import { EFFUSION_WORDS, REASON_WORDS, type StoredFinding } from '../../../contract'
import type { Fact, ReportedFinding } from './caseReport'
import { oneLine, paragraphs } from './notes'
import { timeText } from '../numbers'

/** A reader's finding in the words of the report; what was not answered is not printed. */
export function reportedFinding({ reader, state, savedAt, finding }: StoredFinding): ReportedFinding {
  const { effusion, size, agrees, reasons, text } = finding
  const facts: (Fact | null)[] = [
    effusion && { label: 'Effusion', value: size ? `${EFFUSION_WORDS[effusion]}, ${size}` : EFFUSION_WORDS[effusion] },
    agrees && { label: 'Agrees with the model', value: agrees },
    reasons.length > 0
      ? { label: 'Why the model erred', value: reasons.map((why) => REASON_WORDS[why]).join(', ') }
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
