import type { FilmHeader, Voi } from '../../contract'

export type VoiWindow = Extract<Voi, { kind: 'window' }>

/** Grey level 0 … 1 of a modality value under one VOI transform (DICOM PS3.3 C.11.2.1.2, C.11.2.1.3, C.11.2.1.1). */
export function greyOf(voi: Voi, value: number): number {
  if (voi.kind === 'table') {
    const index = Math.min(voi.table.length - 1, Math.max(0, Math.round(value) - voi.firstValue))
    return (voi.table[index] ?? 0) / (2 ** voi.bits - 1)
  }
  const { center, width } = voi
  if (voi.function === 'SIGMOID') return 1 / (1 + Math.exp((-4 * (value - center)) / width))
  if (voi.function === 'LINEAR_EXACT') return clamp01((value - center) / width + 0.5)
  // C.11.2.1.2.1: the LINEAR window is half a value to the left and one value narrower.
  if (value <= center - 0.5 - (width - 1) / 2) return 0
  if (value > center - 0.5 + (width - 1) / 2) return 1
  return clamp01((value - (center - 0.5)) / (width - 1) + 0.5)
}

const clamp01 = (value: number) => Math.min(1, Math.max(0, value))

/** Opaque grey as one little-endian RGBA word. */
export const greyWord = (level: number): number => ((255 << 24) | (level << 16) | (level << 8) | level) >>> 0

export interface Lookup {
  readonly first: number
  /** RGBA words for the stored values first, first + 1, … */
  readonly words: Uint32Array
}

/** Stored value → screen colour, for the film's whole range of values. MONOCHROME1 (low values bright) is turned here. */
export function filmLookup(header: FilmHeader, voi: Voi, invert: boolean): Lookup {
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

/** LINEAR_EXACT window with `low` black and `high` white. */
export function windowOver(low: number, high: number, explanation: string | null = null): VoiWindow {
  const width = Math.max(1e-3, high - low)
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
