import type { CaseMarks, HiddenMarks, StoredFinding } from '../../../contract'
import { visibleTo } from './doubleReading'

interface Mark {
  readonly id: number
  readonly reader?: string | undefined
}

/** Marks of nobody by name are everybody's. */
const isOwn =
  (reader: string) =>
  (mark: Mark): boolean =>
    mark.reader === undefined || mark.reader === reader

/**
 * What a reader may see of a case's marks, by the rule of findings: what others marked shows once both have given a finding.
 *
 * @param reader empty: nobody is named, who sees nobody's
 */
export function marksVisibleTo(
  reader: string,
  { measurements, keyImages }: CaseMarks,
  findings: readonly StoredFinding[],
): CaseMarks & { readonly hidden: HiddenMarks } {
  const shown = visibleTo(reader, findings).others.filter((other) => other.findings !== null)
  const names = new Set(shown.map((other) => other.reader))
  const isOwnMark = isOwn(reader)
  const shows = (mark: Mark) => isOwnMark(mark) || (mark.reader !== undefined && names.has(mark.reader))
  const [seen, kept] = [measurements.filter(shows), keyImages.filter(shows)]
  const away: readonly Mark[] = [...measurements, ...keyImages].filter((mark) => !shows(mark))
  return {
    measurements: seen,
    keyImages: kept,
    hidden: {
      measurements: measurements.length - seen.length,
      keyImages: keyImages.length - kept.length,
      lastId: Math.max(0, ...away.map(({ id }) => id)),
    },
  }
}

/** What is kept when a reader saves: theirs and everybody's as they are now, others' as they stood, each in the order made. */
export function marksWith(reader: string, { before, saved }: Record<'before' | 'saved', CaseMarks>): CaseMarks {
  const isOwnMark = isOwn(reader)
  const merged = <T extends Mark>(others: readonly T[], own: readonly T[]): T[] =>
    [...others.filter((mark) => !isOwnMark(mark)), ...own.filter(isOwnMark)].sort((a, b) => a.id - b.id)
  return {
    measurements: merged(before.measurements, saved.measurements),
    keyImages: merged(before.keyImages, saved.keyImages),
  }
}
