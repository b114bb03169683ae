import type { FilmPixels } from '../../../contract'
import type { PixelFormat } from './pixelFormat'

/** How native pixel data lies in the file. */
interface NativeLayout {
  readonly bigEndian: boolean
  /** 8-bit values inside 16-bit words: swapped in pairs in a big-endian file (PS3.5 8.2, annex A.3). */
  readonly wordSwapped: boolean
}

/** Uncompressed values as unsigned bit patterns, copied out of the file's bytes. */
export function nativeSamples(
  bytes: Uint8Array,
  format: PixelFormat,
  { bigEndian, wordSwapped }: NativeLayout,
): Uint8Array | Uint16Array {
  const count = format.width * format.height
  if (format.bitsAllocated === 8) {
    const values = new Uint8Array(count)
    if (wordSwapped) for (let i = 0; i < count; i++) values[i] = bytes[i ^ 1] ?? 0
    else values.set(bytes.subarray(0, count))
    return values
  }
  // slice() aligns to an even address, whatever the offset in the file.
  const values = new Uint16Array(bytes.slice(0, count * 2).buffer)
  if (bigEndian)
    for (let i = 0; i < count; i++) values[i] = (((values[i] ?? 0) << 8) | ((values[i] ?? 0) >> 8)) & 0xffff
  return values
}

/** Holds samples of `from` bits within the range of `to` bits, in place; negative ones as bit patterns. */
export function holdWithin(
  samples: Uint8Array | Uint16Array,
  { from, to, signed }: { readonly from: number; readonly to: number; readonly signed: boolean },
): void {
  const [low, high] = signed ? [-(2 ** (to - 1)), 2 ** (to - 1) - 1] : [0, 2 ** to - 1]
  const unused = 32 - from
  for (let i = 0; i < samples.length; i++) {
    const pattern = samples[i] ?? 0
    const value = signed ? (pattern << unused) >> unused : pattern
    samples[i] = Math.min(high, Math.max(low, value))
  }
}

/**
 * Takes the stored bits out of each sample and gives them their sign (PS3.5 8.1.1): bits above High Bit may hold overlays
 * or rubbish. Works in place where the width allows.
 */
export function storedValues(
  samples: Uint8Array | Uint16Array,
  { bitsStored, highBit, signed }: Pick<PixelFormat, 'bitsStored' | 'highBit' | 'signed'>,
): FilmPixels {
  const shift = highBit - bitsStored + 1
  const mask = 2 ** bitsStored - 1
  const wholeSample = shift === 0 && bitsStored === samples.BYTES_PER_ELEMENT * 8
  if (!wholeSample) for (let i = 0; i < samples.length; i++) samples[i] = ((samples[i] ?? 0) >> shift) & mask
  if (!signed) return samples
  const values =
    samples instanceof Uint8Array
      ? new Int8Array(samples.buffer, samples.byteOffset, samples.length)
      : new Int16Array(samples.buffer, samples.byteOffset, samples.length)
  if (wholeSample) return values
  const unused = 32 - bitsStored
  for (let i = 0; i < values.length; i++) values[i] = ((values[i] ?? 0) << unused) >> unused
  return values
}
