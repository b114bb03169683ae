import { encode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { jpegRoundTrip } from '../../../main/adapters/codec'
import { filmFromBytes } from '../../../main/adapters/dicom'

const size = { width: 16, height: 8 }
const ramp = Uint8Array.from({ length: 128 }, (_, i) => 2 * i)
const png = (data: Uint8Array | Uint16Array, channels: number) =>
  encode({ ...size, data, channels, depth: data instanceof Uint16Array ? 16 : 8 })
const spread = (channels: number, value: (grey: number, channel: number) => number) =>
  Uint8Array.from({ length: 128 * channels }, (_, i) => value(ramp[Math.floor(i / channels)] ?? 0, i % channels))

describe('PNG', () => {
  it('reads 8 and 16 bits of grey', async () => {
    const eight = await filmFromBytes(png(ramp, 1))
    expect([...eight.pixels]).toEqual([...ramp])
    expect(eight.header).toMatchObject({ source: 'png', ...size, bitsStored: 8, spacing: null, lossy: false })
    const deep = Uint16Array.from(ramp, (value) => value * 257)
    const sixteen = await filmFromBytes(png(deep, 1))
    expect([...sixteen.pixels]).toEqual([...deep])
    expect(sixteen.header.bitsStored).toBe(16)
  })

  it('reads grey that was saved as colour, and refuses colour', async () => {
    const grey = await filmFromBytes(
      png(
        spread(3, (value) => value),
        3,
      ),
    )
    expect([...grey.pixels]).toEqual([...ramp])
    const tinted = png(
      spread(3, (value, channel) => (channel === 2 ? value ^ 8 : value)),
      3,
    )
    await expect(filmFromBytes(tinted)).rejects.toMatchObject({ code: 'COLOUR' })
  })

  it('reads an opaque alpha channel, and refuses a transparent one', async () => {
    const opaque = await filmFromBytes(
      png(
        spread(2, (value, channel) => (channel === 1 ? 255 : value)),
        2,
      ),
    )
    expect([...opaque.pixels]).toEqual([...ramp])
    const clear = png(
      spread(2, (value, channel) => (channel === 1 ? value : value)),
      2,
    )
    await expect(filmFromBytes(clear)).rejects.toMatchObject({ code: 'UNSUPPORTED_PIXELS' })
  })

  it('refuses a damaged or a boundless picture', async () => {
    const whole = png(ramp, 1)
    await expect(filmFromBytes(whole.slice(0, 60))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    const flipped = Uint8Array.from(whole)
    flipped[45] = (flipped[45] ?? 0) ^ 0xff
    await expect(filmFromBytes(flipped)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    const boundless = Uint8Array.from(whole)
    new DataView(boundless.buffer).setUint32(16, 1 << 30)
    await expect(filmFromBytes(boundless)).rejects.toMatchObject({ code: 'TOO_LARGE' })
  })
})

describe('JPEG', () => {
  const flat = Uint8Array.from({ length: 128 * 128 }, (_, i) => (i % 128) + Math.floor(i / 256))
  const square = { width: 128, height: 128 }

  it('goes to JPEG and back: better quality, more bytes, smaller error', async () => {
    const error = (pixels: Uint8Array) => Math.max(...pixels.map((value, i) => Math.abs(value - (flat[i] ?? 0))))
    const [low, high] = [await jpegRoundTrip(flat, square, 5), await jpegRoundTrip(flat, square, 95)]
    expect(high.pixels.length).toBe(128 * 128)
    expect(high.bytes).toBeGreaterThan(low.bytes)
    expect(error(high.pixels)).toBeLessThanOrEqual(4)
    expect(error(low.pixels)).toBeGreaterThan(error(high.pixels))
    expect((await jpegRoundTrip(flat, square, 5)).pixels).toEqual(low.pixels)
  })

  it('refuses a cut-off file', async () => {
    await expect(filmFromBytes(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    })
  })
})
