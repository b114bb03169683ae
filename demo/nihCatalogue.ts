import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'

/** What the collection says of one film. */
export interface NihFilm {
  /** "00000061_012": patient number and follow-up number. */
  readonly index: string
  readonly findings: readonly string[]
  readonly sex: 'M' | 'F'
  readonly age: number
  readonly view: 'PA' | 'AP'
  /** Distance between pixel centres of the 1024 × 1024 picture at the detector; null where the original's is unknown. */
  readonly spacing: { readonly rowMm: number; readonly columnMm: number } | null
}

/** Side of the pictures as the collection gives them out. */
const SIDE = 1024

const manifestRow = z.object({
  nih_index: z.string(),
  label: z.string().min(1),
  sex: z.enum(['M', 'F']),
  age: z.coerce.number().int().min(0).max(120),
  view: z.enum(['PA', 'AP']),
})
const geometryRow = z.object({
  nih_index: z.string(),
  original_width: z.coerce.number().positive(),
  original_height: z.coerce.number().positive(),
  original_spacing_x_mm: z.coerce.number().positive(),
  original_spacing_y_mm: z.coerce.number().positive(),
})

/** Looks films up in the manifest; the collection scaled every film to a square, so spacing scales by each side. */
export function nihCatalogue(dataFolder: string): (index: string) => NihFilm {
  const manifest = rows(join(dataFolder, 'nih', 'manifest.csv'))
  const geometry = rows(join(dataFolder, 'nih', 'demo1024_original_geometry.csv'))
  return (index) => {
    const file = `${index}.png`
    const found = manifest.find((row) => row['nih_index'] === file)
    if (found === undefined) throw new Error(`${file} is not in the manifest`)
    const { label, sex, age, view } = manifestRow.parse(found)
    const original = geometry.find((row) => row['nih_index'] === file)
    return { index, findings: label.split('|'), sex, age, view, spacing: original ? scaledSpacing(original) : null }
  }
}

function scaledSpacing(row: unknown): NonNullable<NihFilm['spacing']> {
  const original = geometryRow.parse(row)
  return {
    rowMm: (original.original_spacing_y_mm * original.original_height) / SIDE,
    columnMm: (original.original_spacing_x_mm * original.original_width) / SIDE,
  }
}

function rows(file: string): Record<string, string>[] {
  return parse(readFileSync(file), { columns: true, skip_empty_lines: true })
}
