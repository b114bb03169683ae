import type { PixelSpacing } from '../../contract'
import { millimetreUnit } from '../../contract/shared'
import type { FilmPoint } from './geometry'

/** What of a film's header decides what a distance on it means. */
export interface FilmScale {
  readonly spacing: PixelSpacing | null
  /** Height of a pixel divided by its width. */
  readonly pixelAspect: number
}

/** Plane that the file's pixel size belongs to, in the words of every distance; pixels where it gives none. */
export function unitOf({ spacing }: FilmScale): string {
  return spacing ? millimetreUnit(spacing) : 'pixels'
}

/** Below so many square millimetres an area is told in them, from here on in square centimetres. */
const LARGE_MM2 = 100

/** The area of so many pixels in words, in the plane that the file's spacing belongs to. */
export function areaLabel(pixels: number, film: FilmScale): string {
  const { spacing } = film
  if (!spacing) return `${pixels} pixels`
  const area = pixels * spacing.columnMm * spacing.rowMm
  const [figure, unit] = area < LARGE_MM2 ? [area.toFixed(0), 'mm²'] : [(area / 100).toFixed(1), 'cm²']
  return `${figure} ${unitOf(film).replace('mm', unit)}`
}

/** From one place to another in the film's unit: millimetres where the file gives a valid spacing, else pixel widths. */
function stepBetween(from: FilmPoint, to: FilmPoint, { spacing, pixelAspect }: FilmScale): FilmPoint {
  return { x: (to.x - from.x) * (spacing?.columnMm ?? 1), y: (to.y - from.y) * (spacing?.rowMm ?? pixelAspect) }
}

/** A distance in words, never claiming more than the file's spacing does. */
export function lengthLabel(from: FilmPoint, to: FilmPoint, film: FilmScale): string {
  const { x, y } = stepBetween(from, to, film)
  return `${Math.hypot(x, y).toFixed(film.spacing ? 1 : 0)} ${unitOf(film)}`
}

/**
 * Angle at `vertex` between the arms to `a` and `b`, in degrees, 0 … 180, on pixels of their true shape. A magnification that is
 * the same everywhere does not change it, so it needs no plane.
 */
export function angleAt(vertex: FilmPoint, [a, b]: readonly [FilmPoint, FilmPoint], film: FilmScale): number {
  const one = stepBetween(vertex, a, film)
  const other = stepBetween(vertex, b, film)
  const cross = one.x * other.y - one.y * other.x
  const dot = one.x * other.x + one.y * other.y
  return (Math.abs(Math.atan2(cross, dot)) * 180) / Math.PI
}
