import { crc32, deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { filmFromBytes } from '../../../main/adapters/dicom/readFilm'

interface Png {
  readonly size: { readonly width: number; readonly height: number }
  /** Unpacked: each row after the number of its filter. */
  readonly rows: Uint8Array
  readonly interlaced?: boolean
  /** Chunks between the header and the picture. */
  readonly before?: readonly Uint8Array[]
}

/** A PNG file of 8-bit greys. */
function pngOf({ size, rows, interlaced = false, before = [] }: Png): Uint8Array {
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, size.width)
  view.setUint32(4, size.height)
  header.set([8, 0, 0, 0, interlaced ? 1 : 0], 8)
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  const picture = [chunk('IDAT', deflateSync(rows)), chunk('IEND', new Uint8Array(0))]
  return new Uint8Array(Buffer.concat([signature, chunk('IHDR', header), ...before, ...picture]))
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(name), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length)
  whole.set(body, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}

/** First column and row, distance of columns and rows of each pass of Adam7 (PNG, third edition, 8.2). */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

const from = (start: number, step: number, end: number) =>
  Array.from({ length: Math.max(0, Math.ceil((end - start) / step)) }, (_, i) => start + i * step)

describe('a PNG file that unpacks to more than its picture', () => {
  const size = { width: 3, height: 2 }
  const rows = Uint8Array.of(0, 1, 2, 3, 0, 4, 5, 6)
  const bomb = new Uint8Array(64 << 20)

  it('is refused before that, but for a few bytes that matter to nobody', async () => {
    const withMore = (bytes: number) => pngOf({ size, rows: Buffer.concat([rows, bomb.subarray(0, bytes)]) })
    for (const bytes of [0, 1, 1000])
      expect([...(await filmFromBytes(withMore(bytes))).pixels]).toEqual([1, 2, 3, 4, 5, 6])
    for (const bytes of [2000, bomb.length])
      await expect(filmFromBytes(withMore(bytes))).rejects.toMatchObject({
        ...{ code: 'TOO_LARGE', cause: { code: 'ERR_BUFFER_TOO_LARGE' } },
      })
  })

  it('is read where a colour profile does: nothing but the picture is unpacked', async () => {
    const profile = chunk('iCCP', Buffer.concat([Buffer.from('profile\0\0'), deflateSync(bomb)]))
    const packed = [profile, chunk('iCCP', Buffer.from('no profile at all'))]
    expect([...(await filmFromBytes(pngOf({ size, rows, before: packed }))).pixels]).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('is not made of one by a second header', async () => {
    const large = Buffer.from(pngOf({ size: { width: 30_000, height: 3_000 }, rows })).subarray(8, 33)
    const film = await filmFromBytes(pngOf({ size, rows, before: [large] }))
    expect(film.header).toMatchObject(size)
  })

  it.each([
    [1, 1],
    [5, 7],
    [16, 9],
  ])('is told from one of %i × %i in seven passes', async (width, height) => {
    const values = Uint8Array.from({ length: width * height }, (_, i) => i)
    const passes = PASSES.flatMap(([x, y, dx, dy]) => {
      const columns = from(x, dx, width)
      if (columns.length === 0) return []
      return from(y, dy, height).flatMap((row) => [0, ...columns.map((column) => values[row * width + column] ?? 0)])
    })
    const png = pngOf({ size: { width, height }, rows: Uint8Array.from(passes), interlaced: true })
    expect((await filmFromBytes(png)).pixels).toEqual(values)
  })

  it.each(['IHDR', 'IDAT', 'IEND'])('breaks off before %s: it is damaged', async (name) => {
    const whole = Buffer.from(pngOf({ size, rows }))
    const cut = Buffer.concat([whole.subarray(0, whole.indexOf(name) - 4), Buffer.alloc(40)])
    await expect(filmFromBytes(cut)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })
})
