/**
 * A map of the detail left as shares, 0 … 1.
 *
 * @param detail as frames hold it: 255 is all of it
 */
export function detailShares(detail: Uint8Array): Float32Array {
  return Float32Array.from(detail, (share) => share / 255)
}
