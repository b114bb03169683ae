import type { LabelMapping, LabelTable, ReportLabel, RowMatch } from '../../contract'

/** The dialog's own state: what the user has said so far of what a table means. */
export interface MappingDraft {
  readonly by: RowMatch['by']
  readonly column: string
  readonly dateColumn: string
  readonly labelColumn: string
  /** What each word of the label column means; one that is not here means nothing known. */
  readonly meanings: Readonly<Record<string, ReportLabel>>
}

export const matchWords: Record<RowMatch['by'], { title: string; column: string }> = {
  file: { title: "The file's name", column: 'Column with the file name' },
  sop: { title: 'SOP instance UID', column: 'Column with the SOP instance UID' },
  patient: { title: 'Patient ID and study date', column: 'Column with the patient ID' },
}

/** Begins with the main side's guess. */
export function draftOf({ proposal, columns }: LabelTable): MappingDraft {
  const first = columns[0] ?? ''
  if (!proposal) return { by: 'file', column: first, dateColumn: first, labelColumn: '', meanings: {} }
  const { match, labelColumn, effusion, noEffusion } = proposal
  return {
    by: match.by,
    column: match.column,
    dateColumn: match.by === 'patient' ? match.dateColumn : first,
    labelColumn,
    meanings: Object.fromEntries([
      ...effusion.map((word) => [word, 'effusion'] as const),
      ...noEffusion.map((word) => [word, 'no effusion'] as const),
    ]),
  }
}

/** Null while something is still to be said: a label column, and a word that means something. */
export function mappingOf({ by, column, dateColumn, labelColumn, meanings }: MappingDraft): LabelMapping | null {
  const meaning = (label: ReportLabel) => Object.keys(meanings).filter((word) => meanings[word] === label)
  if (labelColumn === '' || Object.keys(meanings).length === 0) return null
  return {
    match: by === 'patient' ? { by, column, dateColumn } : { by, column },
    labelColumn,
    effusion: meaning('effusion'),
    noEffusion: meaning('no effusion'),
  }
}

/** The draft with a word meaning something else; null: nothing known. */
export function withMeaning(draft: MappingDraft, word: string, label: ReportLabel | null): MappingDraft {
  const meanings = Object.fromEntries(Object.entries(draft.meanings).filter(([known]) => known !== word))
  return { ...draft, meanings: label ? { ...meanings, [word]: label } : meanings }
}
