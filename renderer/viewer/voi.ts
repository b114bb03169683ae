import type { FilmHeader, Voi } from '../../contract'
import { greyOf } from '../../contract/shared'

export { greyOf }

type VoiWindow = Extract<Voi, { kind: 'window' }>

/** Opaque grey as one little-endian RGBA word. */
export const greyWord = (level: number): number => ((255 << 24) | (level << 16) | (level << 8) | level) >>> 0

/** RGBA words of the 256 levels of a picture of the model's, as a window shows them. */
export const levelWords = (voi: Voi, invert: boolean): Uint32Array =>
  Uint32Array.from({ length: 256 }, (_, level) => {
    const grey = greyOf(voi, level)
    return greyWord(Math.round(255 * (invert ? 1 - grey : grey)))
  })

/** What of a film's header decides how stored values become grey. */
export type LookupHeader = Pick<FilmHeader, 'photometric' | 'slope' | 'intercept' | 'minPixel' | 'maxPixel' | 'padding'>

export interface Lookup {
  readonly first: number
  /** RGBA words for the stored values first, first + 1, … */
  readonly words: Uint32Array
}

/** Stored value → screen colour, for the film's whole range of values. MONOCHROME1 (low values bright) is turned here. */
export function filmLookup(header: LookupHeader, voi: Voi, invert: boolean): Lookup {
  const first = Math.floor(header.minPixel)
  const words = new Uint32Array(Math.floor(header.maxPixel) - first + 1)
  const flip = (header.photometric === 'MONOCHROME1') !== invert
  const [padFrom, padTo] = header.padding ? [...header.padding].sort((a, b) => a - b) : []
  for (let i = 0; i < words.length; i++) {
    const stored = first + i
    const isPadding = padFrom !== undefined && padTo !== undefined && stored >= padFrom && stored <= padTo
    const grey = greyOf(voi, stored * header.slope + header.intercept)
    words[i] = greyWord(isPadding ? 0 : Math.round(255 * (flip ? 1 - grey : grey)))
  }
  return { first, words }
}

/** Turns any VOI into a window that can be dragged: a table becomes the window over its own range. */
export function asWindow(voi: Voi): VoiWindow {
  if (voi.kind === 'window') return voi
  const width = Math.max(1, voi.table.length)
  return windowOver(voi.firstValue, voi.firstValue + width - 1)
}

/** LINEAR_EXACT window with `low` black and `high` white, in the film's own units, which may be small; one of no width gets a narrow one. */
export function windowOver(low: number, high: number, explanation: string | null = null): VoiWindow {
  const width = high > low ? high - low : 1e-3
  return { kind: 'window', center: low + width / 2, width, function: 'LINEAR_EXACT', explanation }
}

/** A drag: right widens, down brightens the centre; one step is a 300th of the width. Stored range bounds the width. */
export function dragWindow(from: VoiWindow, drag: { dx: number; dy: number }, range: number): VoiWindow {
  const step = Math.max(from.width, range / 64) / 300
  return {
    ...from,
    explanation: null,
    width: Math.min(range * 4, Math.max(from.function === 'LINEAR' ? 2 : range / 1e4, from.width + drag.dx * step)),
    center: from.center + drag.dy * step,
  }
}
