import { inflateSync } from 'node:zlib'
import { failure } from './failures'

/** Of all chunks only these make the picture (PNG, third edition, 11.2, 11.3.1): others may be packed, too, and matter to nobody. */
const OF_THE_PICTURE = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])
const HEADER = 'IHDR'
const SIGNATURE = 8
/** Length, name and checksum of a chunk. */
const FRAME = 12

/** Samples a pixel by colour type (11.2.1). */
const CHANNELS = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
])
const MOST_CHANNELS = 4
const MOST_BITS = 16
/** Some programs leave a few bytes behind the last row, which every reader passes over. */
const BEHIND = 1024

interface Chunk {
  readonly name: string
  readonly whole: Uint8Array
  readonly body: Uint8Array
}

/**
 * The same file with nothing in it but its picture, which unpacks to no more than its size says: a few kilobytes can otherwise
 * ask for gigabytes.
 *
 * @throws SimpleBitsError TOO_LARGE where it unpacks to more; FILE_UNREADABLE where chunks or packed values are damaged
 */
export function pictureAlone(bytes: Uint8Array): Uint8Array {
  const chunks = chunksOf(bytes)
  const [header, ...others] = chunks
  if (header?.name !== HEADER || header.body.length !== 13 || others.at(-1)?.name !== 'IEND') throw damaged()
  const kept = [header, ...others.filter(({ name }) => OF_THE_PICTURE.has(name) && name !== HEADER)]
  const packed = kept.flatMap(({ name, body }) => (name === 'IDAT' ? [body] : []))
  refuseMoreThan(unpackedLength(header.body), Buffer.concat(packed))
  return new Uint8Array(Buffer.concat([bytes.subarray(0, SIGNATURE), ...kept.map(({ whole }) => whole)]))
}

/** Up to the end chunk; where a chunk does not fit the file, up to that one. */
function chunksOf(bytes: Uint8Array): Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks: Chunk[] = []
  let at = SIGNATURE
  while (at + FRAME <= bytes.length && chunks.at(-1)?.name !== 'IEND') {
    const end = at + FRAME + view.getUint32(at)
    if (end > bytes.length) break
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    chunks.push({ name, whole: bytes.subarray(at, end), body: bytes.subarray(at + 8, end - 4) })
    at = end
  }
  return chunks
}

/** Bytes of all rows, each with its filter's number before it; at most, where they come in the seven passes of Adam7 (8.2). */
function unpackedLength(header: Uint8Array): number {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  const [width, height] = [view.getUint32(0), view.getUint32(4)]
  const channels = CHANNELS.get(view.getUint8(9)) ?? MOST_CHANNELS
  const row = 1 + Math.ceil((width * channels * Math.min(view.getUint8(8), MOST_BITS)) / 8)
  // The passes have at most 15/8 as many rows and 7 more, each of which begins with its filter and ends in a byte of its own.
  const passes = view.getUint8(12) === 0 ? 0 : 3 * height + 14
  return height * row + passes
}

function refuseMoreThan(length: number, packed: Uint8Array): void {
  try {
    inflateSync(packed, { maxOutputLength: length + BEHIND })
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE')
      throw failure('TOO_LARGE', 'The PNG file unpacks to more than its picture. It is damaged or no film.', cause)
    throw damaged(cause)
  }
}

export const damaged = (cause?: unknown) =>
  failure('FILE_UNREADABLE', 'The PNG file is damaged. Save it again from its source.', cause)
