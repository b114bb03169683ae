import type { CaseSummary } from '../../contract'

export type WorklistFilter = 'all' | 'misclassified' | 'unaudited'

/** Misclassified: label and decision are known and differ. */
export const matchesFilter = (entry: Pick<CaseSummary, 'misclassified' | 'audit'>, filter: WorklistFilter): boolean =>
  filter === 'all' || (filter === 'misclassified' ? entry.misclassified === true : entry.audit === null)

/** Every word of the search occurs in the title, the patient line, the file or the label. */
export function matchesSearch(
  entry: Pick<CaseSummary, 'title' | 'patientLine' | 'file' | 'reportLabel'>,
  search: string,
): boolean {
  const text = `${entry.title} ${entry.patientLine} ${entry.file} ${entry.reportLabel ?? ''}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
