import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { writeAtomic } from '../../main/adapters/files'
import { pngPictureWriter } from '../../main/adapters/pictures'
import { bitMapSvg, MAP_PLACE } from '../../main/adapters/pictures/bitMapSvg'
import { bitScale, colourIndex } from '../../contract'
import { colourTable } from '../../main/domain/colourMap'
import { temporaryFolder } from '../support/temporaryFolder'
import { testPattern } from '../support/exampleReport'

const folder = temporaryFolder()

describe('grey pictures', () => {
  it('come back pixel for pixel', async () => {
    const pixels = testPattern(37, 21)
    const file = join(folder, 'new', 'film.png')
    await pngPictureWriter.writeGrey({ width: 37, height: 21, pixels }, file)
    const read = decode(readFileSync(file))
    expect([read.width, read.height, read.channels, read.depth]).toEqual([37, 21, 1, 8])
    expect(Uint8Array.from(read.data)).toEqual(pixels)
  })
})

describe('bitmap.png', () => {
  const map = Float32Array.from(testPattern(128, 128), (level) => level / 30)
  const file = join(folder, 'bitmap.png')

  it('shows every bit of the map in the colour of its value, beside a bar of the same colours', async () => {
    const scale = bitScale(map)
    await pngPictureWriter.writeBitMap({ map, scale, title: 'Bits kept & <more>' }, file)
    const { width, height, data, channels } = decode(readFileSync(file))
    const { left, top, times } = MAP_PLACE
    expect(width).toBeGreaterThan(left + 128 * times)
    expect(height).toBeGreaterThan(top + 128 * times)
    const table = colourTable()
    const pixel = (x: number, y: number) => Array.from({ length: 3 }, (_, c) => data[(y * width + x) * channels + c])
    const colour = (bits: number) => {
      const index = colourIndex(bits, scale) * 3
      return [...table.subarray(index, index + 3)]
    }
    for (let i = 0; i < map.length; i += 321) {
      const x = left + (i % 128) * times
      const y = top + Math.floor(i / 128) * times
      expect(pixel(x, y)).toEqual(colour(map[i] ?? 0))
      expect(pixel(x + times - 1, y + times - 1)).toEqual(colour(map[i] ?? 0))
    }
    const bar = left + 128 * times + 40
    expect(pixel(bar, top + 2)).toEqual(colour(scale.high))
    expect(pixel(bar, top + 128 * times - 3)).toEqual(colour(scale.low))
  })

  it('names the unit of what it shows, bits per pixel where none is given', () => {
    const picture = { map, scale: { low: 0, high: 10 }, title: 'A map' }
    expect(bitMapSvg(picture)).toContain('>bits per pixel<')
    const other = bitMapSvg({ ...picture, unit: '% & more' })
    expect(other).toContain('>% &amp; more<')
    expect(other).not.toContain('bits per pixel')
  })

  it('writes numbers and words on it', () => {
    const { width, height, data, channels } = decode(readFileSync(file))
    const inked = (fromX: number, toX: number, rows: readonly [number, number]) => {
      let count = 0
      for (let y = rows[0]; y < rows[1]; y++)
        for (let x = fromX; x < toX; x++) if ((data[(y * width + x) * channels] ?? 0) > 150) count++
      return count
    }
    const { left, top, times } = MAP_PLACE
    const right = left + 128 * times
    expect(inked(left, right, [0, top])).toBeGreaterThan(200)
    expect(inked(right + 66, width, [top, top + 128 * times])).toBeGreaterThan(200)
    expect(inked(left, right, [top + 128 * times + 1, height])).toBeGreaterThan(200)
  })
})

describe('writing whole files', () => {
  it('replaces an older file', async () => {
    const file = join(folder, 'a.txt')
    await writeAtomic(file, 'old')
    await writeAtomic(file, 'new')
    expect(readFileSync(file, 'utf8')).toBe('new')
  })

  it('says so where it cannot, and leaves nothing behind', async () => {
    const taken = join(folder, 'taken')
    mkdirSync(taken)
    writeFileSync(join(taken, 'inside'), 'x')
    await expect(writeAtomic(taken, 'content')).rejects.toMatchObject({ code: 'WRITE_FAILED' })
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
    expect(readFileSync(join(taken, 'inside'), 'utf8')).toBe('x')
  })

  it('does not take a file for a folder', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, 'x')
    await expect(writeAtomic(join(file, 'below.txt'), 'y')).rejects.toMatchObject({ code: 'WRITE_FAILED' })
  })
})
