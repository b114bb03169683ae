import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { SimpleBitsError, type ReportLabel } from '../../../contract'
import type { LabelSource } from '../../ports'
import { bundledCases } from './bundledCases'

/** Columns that may name the film; a row may give it several names. */
const NAME_COLUMNS = ['file', 'id', 'nih_index', 'Image Index'] as const
const LABEL_COLUMNS = ['label', 'Finding Labels'] as const

/**
 * Report labels from CSV files with a column `file` or `id` (the film's name with or without extension) and a column `label`
 * ("Effusion", "No Finding", several joined by "|"), and those of the bundled films. The first word on a film counts.
 *
 * @throws SimpleBitsError FILE_UNREADABLE
 */
export async function readLabelTables(paths: readonly string[]): Promise<LabelSource> {
  const bundled = await bundledCases()
  const labels = new Map(
    bundled.flatMap(({ path, reportLabel: label }) => (label ? [[stem(path), label] as const] : [])),
  )
  for (const path of paths)
    for (const [name, label] of await readTable(path)) if (!labels.has(name)) labels.set(name, label)
  return { labelOf: ({ file }) => labels.get(stem(file)) ?? null }
}

async function readTable(path: string): Promise<[string, ReportLabel][]> {
  let rows: Record<string, string>[]
  try {
    rows = parse<Record<string, string>>(await readFile(path), { columns: true, skip_empty_lines: true, bom: true })
  } catch (cause) {
    throw new SimpleBitsError('FILE_UNREADABLE', `The table of labels ${path} cannot be read.`, { cause })
  }
  return rows.flatMap((row): [string, ReportLabel][] => {
    const names = NAME_COLUMNS.flatMap((column) => row[column] || [])
    const label = LABEL_COLUMNS.map((column) => row[column]).find((value) => value)
    return label ? names.map((name) => [stem(name), toLabel(label)]) : []
  })
}

function toLabel(text: string): ReportLabel {
  const findings = text.split('|').map((finding) => finding.trim().toLowerCase())
  return findings.includes('effusion') ? 'effusion' : 'no effusion'
}

function stem(file: string): string {
  return file
    .replace(/^.*[\\/]/, '')
    .replace(/\.(dcm|dicom|dic|png|jpe?g)$/i, '')
    .toLowerCase()
}
