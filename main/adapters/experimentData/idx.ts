import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { gunzipSync } from 'fflate'
import { SimpleBitsError } from '../../../contract'

/** An array of bytes as an IDX file holds it, row-major. */
interface IdxArray {
  readonly dimensions: readonly number[]
  readonly data: Uint8Array
}

const UNSIGNED_BYTE = 8
const GZIP = [0x1f, 0x8b]

/**
 * Reads an IDX file of unsigned bytes, packed by gzip or not: two zero bytes, the type, the number of dimensions, their
 * sizes in big-endian order, the values.
 *
 * @throws SimpleBitsError DATA_MISSING where it is not there, FILE_UNREADABLE where it is no such file
 */
export async function readIdx(path: string): Promise<IdxArray> {
  let stored: Uint8Array
  try {
    stored = await readFile(path)
  } catch (cause) {
    throw new SimpleBitsError(
      'DATA_MISSING',
      `There is no data file ${basename(path)}. Set SIMPLEBITS_DATA, or name with --data the folder that holds natural/, flow/ and nih/.`,
      { cause },
    )
  }
  try {
    return parseIdx(GZIP.every((byte, i) => stored[i] === byte) ? gunzipSync(stored) : stored)
  } catch (cause) {
    throw new SimpleBitsError('FILE_UNREADABLE', `${basename(path)} is no IDX file of unsigned bytes.`, { cause })
  }
}

function parseIdx(bytes: Uint8Array): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint16(0) !== 0 || view.getUint8(2) !== UNSIGNED_BYTE) throw new RangeError('another kind of header')
  const rank = view.getUint8(3)
  const dimensions = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i))
  const data = bytes.subarray(4 + 4 * rank)
  const length = dimensions.reduce((product, size) => product * size, 1)
  if (data.length !== length) throw new RangeError(`${length} values announced, ${data.length} found`)
  return { dimensions, data }
}
