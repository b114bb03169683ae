import type { PixelSpacing } from '../../contract'
import type { FilmPoint } from './geometry'

/** A distance in words: millimetres only where the file gives a valid spacing, and never more than the tag claims. */
export function lengthLabel(
  from: FilmPoint,
  to: FilmPoint,
  film: { spacing: PixelSpacing | null; pixelAspect: number },
) {
  const dx = to.x - from.x
  const dy = to.y - from.y
  const { spacing } = film
  if (!spacing) return `${Math.hypot(dx, dy * film.pixelAspect).toFixed(0)} pixels`
  const mm = Math.hypot(dx * spacing.columnMm, dy * spacing.rowMm).toFixed(1)
  return spacing.plane === 'detector' ? `${mm} mm at detector` : `${mm} mm`
}
