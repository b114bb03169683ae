/** original − kept, pixel by pixel: positive where bits were taken away, negative where the counterpart costs more. */
export function removedMap(original: Float32Array, kept: Float32Array): Float32Array {
  return original.map((bits, i) => bits - (kept[i] ?? 0))
}
