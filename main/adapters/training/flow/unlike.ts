import { areaAverage } from '../../../domain/areaAverage'

const SIDE = 32
/** Copies of one radiograph in another size and window correlate above this, films of two patients hardly ever. */
const COPY = 0.985

/** The pictures that are no copies of these others, compared at 32 × 32 by correlation. All square. */
export function unlike(pictures: readonly Uint8Array[], others: readonly Uint8Array[]): Uint8Array[] {
  const known = others.map(standardised)
  return pictures.filter((picture) => {
    const own = standardised(picture)
    return !known.some((other) => own.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0) > COPY)
  })
}

/** Mean 0, sum of squares 1. */
function standardised(picture: Uint8Array): Float32Array {
  const side = Math.round(Math.sqrt(picture.length))
  const values = areaAverage(picture, { width: side, height: side }, { width: SIDE, height: SIDE })
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const length = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0))
  return values.map((value) => (value - mean) / length)
}
