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
  const items = sequenceItems(dataSet, TAG.ModalityLUTSequence)
  if (items === null || items.length > 0) {
    const table = items?.[0] ? lookupTable(items[0], signed) : null
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

/** Largest value that a pixel has room for. */
const MOST = 0xffff

/**
 * Puts stored values through a Modality LUT. Padding becomes a value next to the film's own ones, so that it can still be told from
 * them; the darkest of them where they reach from 0 to 65535.
 *
 * @param options.padding range of stored values
 * @returns unsigned values, of table.bits bits but for padding, and the range of them that is padding
 */
export function throughTable(
  stored: FilmPixels,
  table: LookupTable,
  { padding, darkIsHigh }: { padding: readonly [number, number] | null; darkIsHigh: boolean },
): { pixels: Uint8Array | Uint16Array; padding: [number, number] | null } {
  const pixels = table.bits <= 8 && padding === null ? new Uint8Array(stored.length) : new Uint16Array(stored.length)
  const [low, high] = padding ?? [1, 0]
  let [lowest, highest] = [Infinity, -Infinity]
  for (let i = 0; i < stored.length; i++) {
    const value = stored[i] ?? 0
    if (value >= low && value <= high) continue
    const shown = lookUp(table, value)
    pixels[i] = shown
    if (shown < lowest) lowest = shown
    if (shown > highest) highest = shown
  }
  if (padding === null || lowest > highest) return { pixels, padding: null }
  const beside = lowest > 0 ? lowest - 1 : highest + 1
  const isFree = beside <= MOST
  const fill = isFree ? beside : darkIsHigh ? highest : lowest
  for (let i = 0; i < stored.length; i++) {
    const value = stored[i] ?? 0
    if (value >= low && value <= high) pixels[i] = fill
  }
  return { pixels, padding: isFree ? [fill, fill] : null }
}
