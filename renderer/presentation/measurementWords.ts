import type { FilmHeader, FilmPixels, Measurement, MeasurementKind } from '../../contract'
import { angleAt, lengthLabel, regionValues, type FilmScale } from '../viewer'
import { figure } from './words'

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
  const what = film.values === 'stored' ? 'stored' : 'by Modality LUT'
  return `mean ${figure(values.mean, 1)}, ${values.min} to ${values.max} ${what}`
}
