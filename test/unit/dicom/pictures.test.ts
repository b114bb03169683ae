import { crc32 } from 'node:zlib'
import { encode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { loadJpegRoundTrip } from '../../../main/adapters/codec'
import { filmFromBytes } from '../../../main/adapters/dicom/readFilm'
import { jpegOrientation, pngOrientation, upright } from '../../../main/adapters/dicom/exifOrientation'

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

  it('refuses transparent greys, and takes no suggested palette for the picture', async () => {
    const chunk = (name: string, data: readonly number[]) => {
      const body = Uint8Array.of(...new TextEncoder().encode(name), ...data)
      const whole = new Uint8Array(12 + data.length)
      const view = new DataView(whole.buffer)
      view.setUint32(0, data.length)
      whole.set(body, 4)
      view.setUint32(8 + data.length, crc32(body))
      return whole
    }
    const withChunk = (file: Uint8Array, extra: Uint8Array) =>
      Uint8Array.of(...file.subarray(0, 33), ...extra, ...file.subarray(33))
    const clear = withChunk(png(ramp, 1), chunk('tRNS', [0, 0]))
    await expect(filmFromBytes(clear)).rejects.toMatchObject({ code: 'UNSUPPORTED_PIXELS' })
    const colour = png(
      spread(3, (value) => value),
      3,
    )
    const suggested = withChunk(colour, chunk('PLTE', [0, 0, 0, 9, 9, 9]))
    expect([...(await filmFromBytes(suggested)).pixels]).toEqual([...ramp])
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

/** Dark above, light below, 16 × 8 pixels. */
const GREY_JPEG =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//wAALCAAIABABAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABcQAAMBAAAAAAAAAAAAAAAAAAAXY6H/2gAIAQEAAD8AL2OBexw//9k='

/** TIFF header and one directory that holds the orientation alone, little-endian. */
const exif = (orientation: number) =>
  Uint8Array.of(
    ...[0x49, 0x49, 42, 0, 8, 0, 0, 0],
    ...[1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0],
  )

describe('pictures that are turned by a tag alone', () => {
  const [a, b, c, d, e, f] = [1, 2, 3, 4, 5, 6] as const
  const picture = { pixels: Uint8Array.of(a, b, c, d, e, f), width: 3, height: 2 }
  it.each([
    [1, 3, [a, b, c, d, e, f]],
    [2, 3, [c, b, a, f, e, d]],
    [3, 3, [f, e, d, c, b, a]],
    [4, 3, [d, e, f, a, b, c]],
    [5, 2, [a, d, b, e, c, f]],
    [6, 2, [d, a, e, b, f, c]],
    [7, 2, [f, c, e, b, d, a]],
    [8, 2, [c, f, b, e, a, d]],
  ] as const)('are shown as orientation %i says', (orientation, width, pixels) => {
    expect(upright(picture, orientation)).toEqual({
      ...{ pixels: Uint8Array.from(pixels), width, height: 6 / width },
    })
  })

  it('in JPEG and PNG files alike; a broken or unknown tag turns nothing', async () => {
    const data = new Uint8Array(Buffer.from(GREY_JPEG, 'base64'))
    const marked = (orientation: number) => {
      const body = Uint8Array.of(0x45, 0x78, 0x69, 0x66, 0, 0, ...exif(orientation))
      return Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 0, body.length + 2, ...body, ...data.subarray(2))
    }
    const plain = await filmFromBytes(data)
    expect((await filmFromBytes(marked(6))).header).toMatchObject({ width: size.height, height: size.width })
    expect((await filmFromBytes(marked(3))).pixels).toEqual(plain.pixels.slice().reverse())
    expect((await filmFromBytes(marked(9))).pixels).toEqual(plain.pixels)
    expect([jpegOrientation(marked(8)), jpegOrientation(data), jpegOrientation(marked(6).subarray(0, 20))]).toEqual([
      8, 1, 1,
    ])
    const tag = marked(6)
    const filled = Uint8Array.of(...tag.subarray(0, 2), 0xff, 0xff, ...tag.subarray(2))
    expect(jpegOrientation(filled)).toBe(6)
    expect((await filmFromBytes(filled)).header).toMatchObject({ width: size.height, height: size.width })
    const file = png(ramp, 1)
    const chunk = Uint8Array.of(0, 0, 0, 26, ...new TextEncoder().encode('eXIf'), ...exif(6), 0, 0, 0, 0)
    expect(pngOrientation(Uint8Array.of(...file.subarray(0, 33), ...chunk, ...file.subarray(33)))).toBe(6)
    expect(pngOrientation(file)).toBe(1)
  })
})

/** The same in big-endian order, as a LONG where the standard has a SHORT. */
const exifLong = (orientation: number) =>
  Uint8Array.of(
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
    ...[0, 1, 0x01, 0x12, 0, 4, 0, 0, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0],
  )

it('an orientation of 32 bits turns a picture too', () => {
  const file = png(ramp, 1)
  const chunk = Uint8Array.of(0, 0, 0, 26, ...new TextEncoder().encode('eXIf'), ...exifLong(8), 0, 0, 0, 0)
  expect(pngOrientation(Uint8Array.of(...file.subarray(0, 33), ...chunk, ...file.subarray(33)))).toBe(8)
})

describe('JPEG', () => {
  const flat = Uint8Array.from({ length: 128 * 128 }, (_, i) => (i % 128) + Math.floor(i / 256))
  const square = { width: 128, height: 128 }

  it('goes to JPEG and back: better quality, more bytes, smaller error', async () => {
    const error = (pixels: Uint8Array) => Math.max(...pixels.map((value, i) => Math.abs(value - (flat[i] ?? 0))))
    const jpegRoundTrip = await loadJpegRoundTrip()
    const [low, high] = [jpegRoundTrip(flat, square, 5), jpegRoundTrip(flat, square, 95)]
    expect(high.pixels.length).toBe(128 * 128)
    expect(high.bytes).toBeGreaterThan(low.bytes)
    expect(error(high.pixels)).toBeLessThanOrEqual(4)
    expect(error(low.pixels)).toBeGreaterThan(error(high.pixels))
    expect(jpegRoundTrip(flat, square, 5).pixels).toEqual(low.pixels)
  })

  it('refuses a cut-off file', async () => {
    await expect(filmFromBytes(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    })
  })
})
