import type { LabelMapping, LabelTable, RowMatch } from '../../../contract'
import { wordsOfCell, type TextTable, type WordMeanings } from './labelRows'

const HEAD_ROWS = 5
const MOST_WORDS = 60
const MOST_CELL = 200

/** A table as the user sees it before saying what it means, with a guess at that. */
export function describeTable(file: string, table: TextTable): LabelTable {
  const { columns, rows } = table
  const words = Object.fromEntries(columns.map((name, at) => [name, frequentWords(rows.map((row) => row[at] ?? ''))]))
  return {
    file,
    columns: [...columns],
    rows: rows.length,
    head: rows.slice(0, HEAD_ROWS).map((row) => columns.map((_, at) => (row[at] ?? '').slice(0, MOST_CELL))),
    words,
    proposal: proposal(columns, words),
  }
}

function frequentWords(cells: readonly string[]): { word: string; rows: number }[] {
  const counts = new Map<string, number>()
  for (const cell of cells) for (const word of new Set(wordsOfCell(cell))) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts]
    .map(([word, rows]) => ({ word: word.slice(0, MOST_CELL), rows }))
    .sort((a, b) => b.rows - a.rows || (a.word < b.word ? -1 : 1))
    .slice(0, MOST_WORDS)
}

const FILE = /^(file|filename|file name|image|image index|path|id|nih_index)$/i
const SOP = /sop/i
const PATIENT = /patient.*id|^pid$|^mrn$/i
const DATE = /date/i
const EFFUSION = /effusion|erguss/i
const LABEL = /label|finding|report|diagnos/i
/** Columns whose "yes" does not mean an effusion. */
const NEGATED = /no.?finding|normal|(^|[^a-z])(no|kein\w*)[^a-z]?(pleura\w*[^a-z]?)?(effusion|erguss)/i
const MEANS_EFFUSION = /^((pleural )?effusions?|erguss|pleuraerguss|1|1\.0|yes|ja|true|positive|present)$/i
const MEANS_NONE =
  /^(no ((pleural )?effusion|finding)s?|normal|kein(en)? (pleura)?erguss|0|0\.0|no|nein|false|negative|absent)$/i

/** Names of columns and words that are common in such tables; the user sees the guess and may change it. */
function proposal(columns: readonly string[], words: LabelTable['words']): LabelMapping | null {
  const match = guessedMatch(columns)
  const candidates = columns.filter((name) => name !== match?.column && !NEGATED.test(name))
  const labelColumn = candidates.find((name) => EFFUSION.test(name)) ?? candidates.find((name) => LABEL.test(name))
  if (!match || labelColumn === undefined) return null
  return { match, labelColumn, ...meaningsOf(words[labelColumn]?.map(({ word }) => word) ?? []) }
}

export function meaningsOf(words: readonly string[]): WordMeanings {
  return {
    effusion: words.filter((word) => MEANS_EFFUSION.test(word)),
    noEffusion: words.filter((word) => MEANS_NONE.test(word)),
  }
}

function guessedMatch(columns: readonly string[]): RowMatch | null {
  const sop = columns.find((name) => SOP.test(name))
  if (sop !== undefined) return { by: 'sop', column: sop }
  const file = columns.find((name) => FILE.test(name.trim()))
  if (file !== undefined) return { by: 'file', column: file }
  const patient = columns.find((name) => PATIENT.test(name))
  const date = columns.find((name) => DATE.test(name))
  return patient !== undefined && date !== undefined ? { by: 'patient', column: patient, dateColumn: date } : null
}
