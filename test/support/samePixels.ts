import type { FilmPixels } from '../../contract'

/** Whether two films hold the same values of the same type; `toEqual` takes minutes over millions of pixels. */
export function samePixels(a: FilmPixels, b: FilmPixels): boolean {
  return a.constructor === b.constructor && Buffer.compare(bytesOf(a), bytesOf(b)) === 0
}

const bytesOf = (pixels: FilmPixels): Buffer => Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength)
