import type { CaseId, LabelMapping, LabelMatch, ReportLabel, RowMatch } from '../../../contract'

/** A table: its header and its rows, all as text; a short row lacks its last cells. */
export interface TextTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What of a film a row can be matched to. */
export interface LabelledFilm<Id = CaseId> {
  readonly id: Id
  readonly file: string
  readonly sopInstanceUid: string | null
  readonly patientKey: string | null
  /** "2017-01-03" or "20170103". */
  readonly studyDate: string | null
  readonly reportLabel: ReportLabel | null
}

/** Words that mean the one or the other; all others mean nothing known. */
export type WordMeanings = Pick<LabelMapping, 'effusion' | 'noEffusion'>

/** Several words in one cell, as in "Effusion|Infiltration". */
export function wordsOfCell(cell: string): string[] {
  return cell.split(/[|;]/).flatMap((word) => word.trim() || [])
}

/** A film's name without folder and extension; capitals and how accents are coded do not count. */
export function stem(file: string): string {
  return file
    .normalize('NFC')
    .replace(/^.*[\\/]/, '')
    .replace(/\.(dcm|dicom|dic|png|jpe?g)$/i, '')
    .trim()
    .toLowerCase()
}

/** Folders and name of a path: of "C:\Films\a.PNG" c:, films and a. */
function partsOfPath(path: string): string[] {
  const parts = path.split(/[\\/]/).filter((part) => !/^\.{0,2}$/.test(part))
  return parts.map((part, i) => (i === parts.length - 1 ? stem(part) : part.normalize('NFC').toLowerCase()))
}

/** "20170103", "2017-01-03", "2017/01/03" and "03.01.2017" as "2017-01-03"; null where it is none of these. */
function isoDate(text: string): string | null {
  const [, year, month, day] = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})/.exec(text.trim()) ?? []
  if (year) return `${year}-${month}-${day}`
  const [, dayFirst, monthNext, yearLast] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})/.exec(text.trim()) ?? []
  return yearLast ? `${yearLast}-${monthNext?.padStart(2, '0')}-${dayFirst?.padStart(2, '0')}` : null
}

/** Effusion where one of the words means it, else no effusion where one means that; null: nothing known. */
export function labelOf(cell: string, { effusion, noEffusion }: WordMeanings): ReportLabel | null {
  const words = wordsOfCell(cell)
  if (words.some((word) => effusion.includes(word))) return 'effusion'
  return words.some((word) => noEffusion.includes(word)) ? 'no effusion' : null
}

/**
 * Matches rows to films and says what would change. A film whose rows contradict each other keeps its label, as does one
 * whose words mean nothing known. A file name that several films have says nothing of any; the folders before it may tell
 * them apart.
 *
 * @param keyOf how a patient's id becomes the key that the films carry
 */
export function matchLabels<Id>(
  table: TextTable,
  mapping: LabelMapping,
  { films, keyOf }: { films: readonly LabelledFilm<Id>[]; keyOf: (patientId: string) => string },
): { match: LabelMatch; changes: { caseId: Id; label: ReportLabel }[] } {
  const rowKey = rowKeyOf(table, mapping.match, keyOf)
  const filmsByKey = new Map<string, LabelledFilm<Id>[]>()
  for (const film of films)
    for (const key of filmKeysOf(film, mapping.match)) filmsByKey.set(key, [...(filmsByKey.get(key) ?? []), film])
  const at = table.columns.indexOf(mapping.labelColumn)
  const said = new Map<LabelledFilm<Id>, Set<ReportLabel | null>>()
  let rowsWithoutFilm = 0
  let rowsOfSeveral = 0
  for (const row of table.rows) {
    const matched = filmsByKey.get(rowKey(row) ?? '') ?? []
    if (matched.length === 0) rowsWithoutFilm++
    else if (matched.length > 1 && mapping.match.by === 'file') rowsOfSeveral++
    else for (const film of matched) said.set(film, (said.get(film) ?? new Set()).add(labelOf(row[at] ?? '', mapping)))
  }
  const labels = [...said].map(([film, words]) => ({ film, known: [...words].filter((label) => label !== null) }))
  const certain = labels.flatMap(({ film, known: [label, ...more] }) =>
    label && more.length === 0 ? [{ film, label }] : [],
  )
  const changed = certain.filter(({ film, label }) => film.reportLabel !== label)
  return {
    match: {
      films: labels.length,
      effusion: certain.filter(({ label }) => label === 'effusion').length,
      noEffusion: certain.filter(({ label }) => label === 'no effusion').length,
      unknown: labels.filter(({ known }) => known.length === 0).length,
      contradictory: labels.filter(({ known }) => known.length > 1).length,
      changed: changed.length,
      overwritten: changed.filter(({ film }) => film.reportLabel !== null).length,
      rowsWithoutFilm,
      rowsOfSeveral,
    },
    changes: changed.map(({ film, label }) => ({ caseId: film.id, label })),
  }
}

function rowKeyOf(table: TextTable, match: RowMatch, keyOf: (patientId: string) => string) {
  const at = table.columns.indexOf(match.column)
  const dateAt = match.by === 'patient' ? table.columns.indexOf(match.dateColumn) : -1
  return (row: readonly string[]): string | null => {
    const cell = (row[at] ?? '').trim()
    if (cell === '') return null
    if (match.by === 'file') return partsOfPath(cell).join('/')
    if (match.by === 'sop') return cell
    const date = isoDate(row[dateAt] ?? '')
    return date === null ? null : `${keyOf(cell)} ${date}`
  }
}

/** All that a row may call a film; by file that is every end of its path. */
function filmKeysOf(
  { file, sopInstanceUid, patientKey, studyDate }: LabelledFilm<unknown>,
  { by }: RowMatch,
): readonly string[] {
  if (by === 'file') return partsOfPath(file).map((_, i, parts) => parts.slice(i).join('/'))
  if (by === 'sop') return sopInstanceUid === null ? [] : [sopInstanceUid]
  const date = studyDate === null ? null : isoDate(studyDate)
  return patientKey !== null && date !== null ? [`${patientKey} ${date}`] : []
}
