/** A tensor on disk: C-order values and their shape. */
export interface StoredTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array | Uint8Array | Int32Array
}
export type StoredTensors = Readonly<Record<string, StoredTensor>>
