/** Decoded samples as unsigned bit patterns: one byte each up to 8 bits, else two; components interleaved. */
export interface Samples {
  readonly width: number
  readonly height: number
  readonly components: number
  readonly data: Uint8Array | Uint16Array
}

/** A picture to decode and what its code stream says of it. */
export interface EncodedPicture {
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
  readonly bits: number
  readonly components: number
}

/** Copies `count` samples out of bytes (wasm memory, other views) into an array of their own width. */
export function copySamples(bytes: ArrayBufferView, bits: number, count: number): Uint8Array | Uint16Array {
  const width = bits > 8 ? 2 : 1
  if (bytes.byteLength < count * width) throw new Error(`decoder gave ${bytes.byteLength} of ${count * width} bytes`)
  const copy = new Uint8Array(bytes.buffer, bytes.byteOffset, count * width).slice()
  return width === 2 ? new Uint16Array(copy.buffer) : copy
}
