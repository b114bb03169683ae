/**
 * The flat picture that "information above flat" is measured from: every pixel at the film's mean grey level, rounded.
 * The mean (not black) so that what remains is structure alone, not overall brightness.
 */
export function flatLevels(film: Uint8Array): Uint8Array {
  const mean = film.reduce((sum, level) => sum + level, 0) / film.length
  return new Uint8Array(film.length).fill(Math.round(mean))
}

/** Below a bit between film and flat picture the share means nothing: a film that is flat keeps all of its nothing. */
const SMALLEST_SPAN = 1

/** Share of the film's information above the flat picture that is left: 1 for the film, 0 for the flat picture. */
export function informationAboveFlat(bits: number, of: { film: number; flat: number }): number {
  const span = of.film - of.flat
  return Math.abs(span) < SMALLEST_SPAN ? 1 : (bits - of.flat) / span
}
