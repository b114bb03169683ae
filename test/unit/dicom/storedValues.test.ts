import { describe, expect, it } from 'vitest'
import { nativeSamples, storedValues } from '../../../main/adapters/dicom/nativePixels'
import type { PixelFormat } from '../../../main/adapters/dicom/pixelFormat'

const format: PixelFormat = {
  width: 2,
  height: 2,
  photometric: 'MONOCHROME2',
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  signed: false,
  unsaid: { sign: false, bits: false },
}
const native = { bigEndian: false, wordSwapped: false }

describe('stored values (PS3.5 8.1.1)', () => {
  it('drops what lies above the high bit', () => {
    const samples = Uint16Array.of(0xf123, 0x0fff, 0x1000, 0)
    expect([...storedValues(samples, format)]).toEqual([0x123, 0xfff, 0, 0])
  })

  it('shifts down values that end at a higher bit', () => {
    const samples = Uint16Array.of(0x1230, 0xffff, 0x000f, 0x0010)
    expect([...storedValues(samples, { ...format, highBit: 15 })]).toEqual([0x123, 0xfff, 0, 1])
  })

  it('gives 12-bit values their sign', () => {
    const samples = Uint16Array.of(0x0800, 0x0fff, 0x07ff, 0xf001)
    const values = storedValues(samples, { ...format, signed: true })
    expect(values).toBeInstanceOf(Int16Array)
    expect([...values]).toEqual([-2048, -1, 2047, 1])
  })

  it('keeps whole signed bytes and words', () => {
    expect([...storedValues(Uint8Array.of(0x80, 0x7f), { bitsStored: 8, highBit: 7, signed: true })]).toEqual([
      -128, 127,
    ])
    const words = storedValues(Uint16Array.of(0x8000, 0xffff), { bitsStored: 16, highBit: 15, signed: true })
    expect([...words]).toEqual([-32768, -1])
  })
})

describe('native pixel data', () => {
  it('reads both byte orders, from an odd address too', () => {
    const bytes = Uint8Array.of(9, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08).subarray(1)
    expect([...nativeSamples(bytes, format, native)]).toEqual([0x0201, 0x0403, 0x0605, 0x0807])
    const swapped = nativeSamples(bytes, format, { ...native, bigEndian: true })
    expect([...swapped]).toEqual([0x0102, 0x0304, 0x0506, 0x0708])
  })

  it('swaps 8-bit values that lie in big-endian words (PS3.5 8.2)', () => {
    const eight: PixelFormat = { ...format, bitsAllocated: 8, bitsStored: 8, highBit: 7 }
    const layout = { bigEndian: true, wordSwapped: true }
    expect([...nativeSamples(Uint8Array.of(2, 1, 4, 3), eight, layout)]).toEqual([1, 2, 3, 4])
  })

  it('leaves the file alone', () => {
    const bytes = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)
    storedValues(nativeSamples(bytes, format, native), format)
    expect(bytes.every((byte) => byte === 0xff)).toBe(true)
  })
})
