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

function findingContent({ reader, time, facts, text }: CaseReport['findings'][number]): Content[] {
  const answers = labelledRun(facts, { bold: true })
  return [
    {
      text: [
        { text: reader, bold: true },
        { text: `, ${time}`, color: COLOUR.muted },
      ],
      fontSize: 9,
      margin: [0, 3, 0, 1],
    },
    ...(answers.length > 0 ? [{ text: answers, fontSize: 9 }] : []),
    ...text.map((line): Content => ({ text: line === '' ? ' ' : line, fontSize: 9, lineHeight: 1.3 })),
  ]
}
