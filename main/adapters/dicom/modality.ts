import type { DataSet } from 'dicom-parser'
import type { FilmPixels } from '../../../contract'
import { TAG, decimals, sequenceItems } from './dataset'
import { failure } from './failures'
import { lookUp, lookupTable, type LookupTable } from './lookupTable'
import type { PixelFormat } from './pixelFormat'

/** From stored to modality values: a straight line, or a table (PS3.3 C.11.1). */
export type ModalityTransform =
  | { readonly kind: 'linear'; readonly slope: number; readonly intercept: number }
  | { readonly kind: 'table'; readonly table: LookupTable }

/**
 * Reads the Modality LUT module. A table goes before slope and intercept, of which the standard allows only one kind.
 * @throws SimpleBitsError UNSUPPORTED_PIXELS where what is given makes no sense: it is not guessed
 */
export function modalityTransform(dataSet: DataSet, { signed }: PixelFormat): ModalityTransform {
  const [item] = sequenceItems(dataSet, TAG.ModalityLUTSequence)
  if (item !== undefined) {
    const table = lookupTable(item, signed)
    if (table === null)
      throw failure('UNSUPPORTED_PIXELS', 'The table that gives pixels their meaning (Modality LUT) is broken.')
    return { kind: 'table', table }
  }
  const slope = decimals(dataSet, TAG.RescaleSlope)[0] ?? 1
  const intercept = decimals(dataSet, TAG.RescaleIntercept)[0] ?? 0
  if (!Number.isFinite(slope) || !Number.isFinite(intercept) || slope === 0)
    throw failure(
      'UNSUPPORTED_PIXELS',
      'The rescale slope or intercept is zero or no number, so pixel values mean nothing.',
    )
  return { kind: 'linear', slope, intercept }
}

/**
 * Puts stored values through a Modality LUT. Padding becomes the darkest value that occurs in the film.
 * @returns values of table.bits bits, unsigned
 */
export function throughTable(
  pixels: FilmPixels,
  table: LookupTable,
  { padding, darkIsHigh }: { padding: readonly [number, number] | null; darkIsHigh: boolean },
): Uint8Array | Uint16Array {
  const values = table.bits <= 8 ? new Uint8Array(pixels.length) : new Uint16Array(pixels.length)
  const [low, high] = padding ?? [1, 0]
  let darkest: number | null = null
  for (let i = 0; i < pixels.length; i++) {
    const stored = pixels[i] ?? 0
    if (stored >= low && stored <= high) continue
    const value = lookUp(table, stored)
    values[i] = value
    if (darkest === null || (darkIsHigh ? value > darkest : value < darkest)) darkest = value
  }
  if (padding !== null)
    for (let i = 0; i < pixels.length; i++) {
      const stored = pixels[i] ?? 0
      if (stored >= low && stored <= high) values[i] = darkest ?? 0
    }
  return values
}
