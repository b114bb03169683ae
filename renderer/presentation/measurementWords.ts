import type { FilmHeader, FilmPixels, Measurement, MeasurementKind } from '../../contract'
import { angleAt, areaLabel, lengthLabel, regionValues, type FilmScale, type RegionValues } from '../viewer'

export const kindNames: Record<MeasurementKind, string> = {
  length: 'Length',
  angle: 'Angle',
  rectangle: 'Rectangle',
  ellipse: 'Ellipse',
}

/** What a measurement is taken of. */
export interface MeasuredFilm extends FilmScale {
  readonly width: number
  readonly height: number
  readonly padding: readonly [number, number] | null
  readonly pixels: FilmPixels
  readonly values: FilmHeader['values']
}

/** What a measurement says, with its unit; empty while it is not finished. */
export function measurementText({ kind, points }: Pick<Measurement, 'kind' | 'points'>, film: MeasuredFilm): string {
  const [a, b, c] = points
  if (!a || !b) return ''
  if (kind === 'length') return lengthLabel(a, b, film)
  if (kind === 'angle') return c ? `${angleAt(b, [a, c], film).toFixed(1)}°` : ''
  const values = regionValues(film, kind, [a, b])
  if (!values) return 'no pixel of the film'
  return regionText(values, film)
}

/** Values so far apart are told without a digit after the point. */
const WIDE = 50

/** "Mean 6114 (3356–12315), SD 812, area 12.3 cm² at detector", on two lines; of stored values unless it says otherwise. */
function regionText({ count, mean, sd, min, max }: RegionValues, film: MeasuredFilm): string {
  const digits = max - min >= WIDE ? 0 : 1
  const range = min < 0 ? `${min} to ${max}` : `${min}–${max}`
  const by = film.values === 'stored' ? '' : ', by Modality LUT'
  return `Mean ${mean.toFixed(digits)} (${range}), SD ${sd.toFixed(digits)}${by},\narea ${areaLabel(count, film)}`
}
