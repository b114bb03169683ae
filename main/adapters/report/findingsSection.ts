import type { Content } from 'pdfmake'
import type { CaseReport } from '../../domain/report'
import { heading, labelledRun } from './parts'
import { COLOUR } from './theme'

/** What each reader says: who and when, the answers on one line, the text as typed. */
export function findingsSection({ findings }: CaseReport): Content[] {
  if (findings.length === 0) return []
  const title = findings.length === 1 ? 'Reader’s finding' : 'Readers’ findings'
  return [heading(title), ...findings.flatMap(findingContent)]
}

/** Who, when and the answers are one text: they are never left alone at a page's end. */
function findingContent({ reader, time, facts, text }: CaseReport['findings'][number]): Content[] {
  const head = [
    { text: reader, bold: true },
    { text: `, ${time}`, color: COLOUR.muted },
  ]
  const answers = labelledRun(facts, { bold: true })
  return [
    {
      text: answers.length > 0 ? [...head, '\n', ...answers] : head,
      fontSize: 9,
      margin: [0, 5, 0, 2],
      ...(text.length > 0 ? { headlineLevel: 1 } : {}),
    },
    ...text.map((line): Content => ({ text: line === '' ? ' ' : line, fontSize: 9, lineHeight: 1.3 })),
  ]
}
