import { z } from 'zod'
import { caseId } from './ids'
import { reportLabel } from './reportLabel'

/** Report labels from a table (CSV): which columns name the film and the label, and what the label's words mean. */

const column = z.string().max(1000)

/** How a row of the table finds its film. */
const rowMatch = z.discriminatedUnion('by', [
  /** The file's name, with or without extension; a film must also lie in the folders that a row names before it. */
  z.strictObject({ by: z.literal('file'), column }),
  z.strictObject({ by: z.literal('sop'), column }),
  z.strictObject({ by: z.literal('patient'), column, dateColumn: column }),
])
export type RowMatch = z.infer<typeof rowMatch>

export const labelMapping = z.strictObject({
  match: rowMatch,
  labelColumn: column,
  /** Words of a cell (several stand apart by "|" or ";") that mean the one or the other; all others mean nothing known. */
  effusion: z.array(column).max(1000),
  noEffusion: z.array(column).max(1000),
})
export type LabelMapping = z.infer<typeof labelMapping>

/** A table as the user sees it before saying what it means. */
export const labelTable = z.strictObject({
  file: z.string(),
  columns: z.array(z.string()),
  rows: z.number().int(),
  /** The first rows, as text. */
  head: z.array(z.array(z.string())),
  /** By column: its different words, the most frequent first, and in how many rows each stands. */
  words: z.record(z.string(), z.array(z.strictObject({ word: z.string(), rows: z.number().int() }))),
  /** A guess at what it means, for the user to check; null where no column looks like a film's name or a label. */
  proposal: labelMapping.nullable(),
})
export type LabelTable = z.infer<typeof labelTable>

/** What a mapping would do. Numbers of films, but for the rows. */
export const labelMatch = z.strictObject({
  films: z.number().int(),
  effusion: z.number().int(),
  noEffusion: z.number().int(),
  /** Matched, but by words that mean nothing known: their label stays as it is. */
  unknown: z.number().int(),
  /** Matched by rows that say both: their label stays as it is. */
  contradictory: z.number().int(),
  /** Whose label would change, and how many of these have another one now. */
  changed: z.number().int(),
  overwritten: z.number().int(),
  rowsWithoutFilm: z.number().int(),
  /** Rows by file name that fit several films: they say nothing of any. */
  rowsOfSeveral: z.number().int(),
})
export type LabelMatch = z.infer<typeof labelMatch>

export const caseLabel = z.strictObject({ caseId, label: reportLabel.nullable() })
export type CaseLabel = z.infer<typeof caseLabel>
