import { basename, resolve } from 'node:path'
import { SimpleBitsError, type LabelMapping, type LabelMatch, type ReportLabel } from '../../../contract'
import {
  labelOf,
  matchLabels,
  meaningsOf,
  stem,
  wordsOfCell,
  type LabelledFilm,
  type TextTable,
} from '../../domain/review'
import type { LabelSource } from '../../ports'
import { bundledCases } from '../bundled'
import { csvTables } from './csvTables'

const NAME_COLUMNS: readonly string[] = ['file', 'id', 'nih_index', 'image index']
/** Of the NIH's tables: lists every finding that a report names, so that a list without an effusion says that there is none. */
const WHOLE_LIST = 'finding labels'
const LABEL_COLUMNS: readonly string[] = ['label', WHOLE_LIST]
/** Unknown words that are named to the user. */
const NAMED_WORDS = 3

interface LabelTable {
  readonly name: string
  readonly table: TextTable
  /** One for each column that may name the film. */
  readonly mappings: readonly LabelMapping[]
  /** Words of the cells that say neither effusion nor no effusion. */
  readonly unknown: readonly string[]
}

/** What tables and the product itself say of films. */
export interface LabelTables extends LabelSource {
  labelsOf(files: readonly string[]): ReturnType<LabelSource['labelsOf']> & {
    /** Of which the product, and no table, says the label. */
    readonly bundled: ReadonlySet<string>
  }
}

/**
 * Report labels of the bundled films, and those from CSV files with a column `file` or `id` (the film's name with or without
 * folder and extension) and a column `label` ("Effusion", "no", several joined by "|") or `Finding Labels`. The first that
 * knows a film counts.
 *
 * @throws SimpleBitsError FILE_UNREADABLE
 */
export async function readLabelTables(paths: readonly string[]): Promise<LabelTables> {
  const bundled = new Map((await bundledCases()).map(({ path, reportLabel }) => [stem(path), reportLabel]))
  const tables = await Promise.all(paths.map(readTable))
  return {
    labelsOf(files) {
      const found = tables.flatMap((table) => matchOf(table, files))
      const labels = new Map<string, ReportLabel>()
      for (const file of files) {
        const label = bundled.get(stem(file))
        if (label) labels.set(file, label)
      }
      const own = new Set(labels.keys())
      for (const { changes } of found)
        for (const { caseId: file, label } of changes) labels.set(file, labels.get(file) ?? label)
      return { labels, bundled: own, unused: found.flatMap(({ unused }) => unused) }
    },
  }
}

async function readTable(path: string): Promise<LabelTable> {
  const table = await csvTables.read(path)
  const { columns, rows } = table
  const called = (names: readonly string[]) => columns.filter((column) => names.includes(column.toLowerCase()))
  const [labelColumn] = called(LABEL_COLUMNS)
  const nameColumns = called(NAME_COLUMNS)
  if (labelColumn === undefined || nameColumns.length === 0)
    throw new SimpleBitsError(
      'FILE_UNREADABLE',
      `“${basename(path)}” needs a column “id” or “file” that names the films, and a column “label”. Rename its columns and try again.`,
    )
  const at = columns.indexOf(labelColumn)
  const cells = [...new Set(rows.map((row) => row[at] ?? ''))]
  const words = [...new Set(cells.flatMap(wordsOfCell))]
  const known = meaningsOf(words)
  const listed = words.filter((word) => !known.effusion.includes(word))
  const meanings = labelColumn.toLowerCase() === WHOLE_LIST ? { ...known, noEffusion: listed } : known
  const unknown = cells.filter((cell) => labelOf(cell, meanings) === null).flatMap(wordsOfCell)
  return {
    name: basename(path),
    table,
    mappings: nameColumns.map((column) => ({ match: { by: 'file', column }, labelColumn, ...meanings })),
    unknown: [...new Set(unknown)],
  }
}

/** By the column whose rows find most of the films; one match at most. */
function matchOf({ name, table, mappings, unknown }: LabelTable, files: readonly string[]) {
  const films = files.map((file): LabelledFilm<string> => ({
    id: file,
    file: resolve(file),
    sopInstanceUid: null,
    patientKey: null,
    studyDate: null,
    reportLabel: null,
  }))
  return mappings
    .map((mapping) => matchLabels(table, mapping, { films, keyOf: (patientId) => patientId }))
    .sort((a, b) => a.match.rowsWithoutFilm - b.match.rowsWithoutFilm)
    .slice(0, 1)
    .map(({ match, changes }) => {
      const fitsNone = files.length > 0 && match.rowsWithoutFilm === table.rows.length
      const unused = fitsNone ? [noneFits(mappings)] : unusedOf(match, unknown)
      return { changes, unused: unused.map((what) => `${name}: ${what}`) }
    })
}

function noneFits(mappings: readonly LabelMapping[]): string {
  const columns = mappings.map(({ match }) => `“${match.column}”`).join(' or ')
  return `no row fits any of these films: is the column ${columns} the file name?`
}

function unusedOf({ unknown, contradictory, rowsOfSeveral }: LabelMatch, words: readonly string[]): string[] {
  const named = words.slice(0, NAMED_WORDS).map((word) => `“${word}”`)
  const but = named.length > 0 ? ` (but ${named.join(', ')})` : ''
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`
  return [
    ...(unknown > 0
      ? [`no label for ${count(unknown, 'film')}, of which it says neither effusion nor no effusion${but}.`]
      : []),
    ...(contradictory > 0 ? [`no label for ${count(contradictory, 'film')}, whose rows contradict each other.`] : []),
    ...(rowsOfSeveral > 0
      ? [
          `no label from ${count(rowsOfSeveral, 'row')} with a file name that several films have. Add the folder, as in PAT001/IM-0001.dcm.`,
        ]
      : []),
  ]
}
