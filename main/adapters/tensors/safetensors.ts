import { SimpleBitsError } from '../../../contract'
import type { StoredTensor, StoredTensors } from '../../ports'

const DTYPES = { F32: Float32Array, U8: Uint8Array, I32: Int32Array } as const
type Dtype = keyof typeof DTYPES
interface Entry {
  dtype: string
  shape: number[]
  data_offsets: [number, number]
}

/**
 * Reads safetensors: 8 bytes little-endian header length n, n bytes of JSON, then the raw tensors.
 * @throws SimpleBitsError MODEL_CORRUPT where the header or a range does not fit the bytes
 */
export function decodeSafetensors(
  bytes: Uint8Array,
  label: string,
): { tensors: StoredTensors; metadata: Record<string, string> } {
  const broken = (why: string, cause?: unknown) => {
    const message = `${label} is not a valid weights file (${why}). Restore the original file.`
    return new SimpleBitsError('MODEL_CORRUPT', message, { cause })
  }
  if (bytes.length < 8) throw broken('shorter than its header')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = Number(view.getBigUint64(0, true))
  if (length > bytes.length - 8) throw broken('header longer than the file')
  let header: Record<string, Entry | Record<string, string>>
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as typeof header
  } catch (cause) {
    throw broken('unreadable header', cause)
  }
  const tensors: Record<string, StoredTensor> = {}
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue
    const { dtype, shape, data_offsets } = entry as Entry
    if (!(dtype in DTYPES)) throw broken(`tensor ${name} has the unknown type ${dtype}`)
    const Values = DTYPES[dtype as Dtype]
    const [start, end] = data_offsets
    const count = shape.reduce((a, b) => a * b, 1)
    if (end - start !== count * Values.BYTES_PER_ELEMENT || 8 + length + end > bytes.length)
      throw broken(`tensor ${name} does not fit`)
    const copy = bytes.slice(8 + length + start, 8 + length + end)
    tensors[name] = { shape, data: new Values(copy.buffer, copy.byteOffset, count) }
  }
  return { tensors, metadata: (header['__metadata__'] ?? {}) as Record<string, string> }
}

export function encodeSafetensors(tensors: StoredTensors, metadata: Record<string, string> = {}): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata }
  let offset = 0
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const dtype = data instanceof Float32Array ? 'F32' : data instanceof Int32Array ? 'I32' : 'U8'
    header[name] = { dtype, shape, data_offsets: [offset, offset + data.byteLength] }
    offset += data.byteLength
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const padded = Math.ceil(text.length / 8) * 8
  const bytes = new Uint8Array(8 + padded + offset)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true)
  bytes.fill(0x20, 8, 8 + padded)
  bytes.set(text, 8)
  let at = 8 + padded
  for (const { data } of Object.values(tensors)) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at)
    at += data.byteLength
  }
  return bytes
}
