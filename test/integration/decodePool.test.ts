import { getEventListeners, setMaxListeners } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterEach, describe, expect, it } from 'vitest'
import { DecodePool, decodeWorkerFile } from '../../main/adapters/dicom'
import type { DecodePoolOptions } from '../../main/adapters/dicom/decodePool'
import { syntheticFilm, writeDicom } from '../support/dicomWriter'
import { samePixels } from '../support/samePixels'
import { temporaryFolder } from '../support/temporaryFolder'

const fixtures = resolve(import.meta.dirname, '../fixtures')
const faulty = join(fixtures, 'workers/faulty.mjs')
const folder = temporaryFolder()
const pools: DecodePool[] = []

function pool(options: Partial<DecodePoolOptions> = {}): DecodePool {
  const made = new DecodePool({ worker: decodeWorkerFile(), ...options })
  pools.push(made)
  return made
}

afterEach(() => Promise.all(pools.splice(0).map((each) => each.close())))

describe('a pool with a thread that fails', () => {
  const options = { worker: faulty, threads: 1, limitMs: 300 }

  it('stops a file that hangs, and reads the next', async () => {
    const films = pool(options)
    const [hung, next] = await Promise.allSettled([films.read('hang'), films.read('fine')])
    expect(hung).toMatchObject({ status: 'rejected', reason: { code: 'DECODE_TIMEOUT' } })
    expect(next).toMatchObject({ status: 'fulfilled', value: { header: 'fine' } })
  })

  it('stops a thread that sleeps, too', async () => {
    await expect(pool(options).read('sleep')).rejects.toMatchObject({ code: 'DECODE_TIMEOUT' })
  })

  it('survives a crash and an exit', async () => {
    const films = pool(options)
    await expect(films.read('crash')).rejects.toMatchObject({ code: 'DICOM_CORRUPT' })
    await expect(films.read('exit')).rejects.toMatchObject({ name: 'SimpleBitsError' })
    await expect(films.read('fine')).resolves.toMatchObject({ header: 'fine' })
  })

  it('does not blame the file when the thread cannot start', async () => {
    const films = pool({ ...options, worker: join(fixtures, 'workers/missing.mjs') })
    await expect(films.read('fine')).rejects.toMatchObject({ code: 'INTERNAL' })
  })

  it('leaves nothing that listens on the signal of a long import', async () => {
    const films = pool(options)
    const { signal } = new AbortController()
    setMaxListeners(0, signal)
    await Promise.all(Array.from({ length: 20 }, () => films.read('fine', signal)))
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it('cancels what runs and what waits', async () => {
    const films = pool({ ...options, limitMs: 60_000 })
    const running = new AbortController()
    const waiting = new AbortController()
    const reads = [films.read('hang', running.signal), films.read('fine', waiting.signal), films.read('fine')]
    const settled = Promise.allSettled(reads)
    setTimeout(() => waiting.abort(), 50)
    setTimeout(() => running.abort(), 200)
    const [first, second, third] = await settled
    expect(first).toMatchObject({ status: 'rejected', reason: { code: 'CANCELLED' } })
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'CANCELLED' } })
    expect(third).toMatchObject({ status: 'fulfilled' })
  })
})

describe('the real thread', () => {
  it('reads a 3000 × 3000 film of 12 bits without blocking the caller', { timeout: 60_000 }, async () => {
    const file = join(folder, 'large.dcm')
    const size = { width: 3000, height: 3000 }
    const pixels = Uint16Array.from({ length: 9_000_000 }, (_, i) => (i * 7) % 4096)
    const bits = { '00280101': ['US', 12], '00280102': ['US', 11] } as const
    writeFileSync(file, writeDicom(syntheticFilm(pixels, size, bits)))
    const films = pool({ threads: 1 })
    await films.read(join(fixtures, 'dicom/ct_JPEGLSLossless.dcm'))
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const start = performance.now()
    const film = await films.read(file)
    const ms = performance.now() - start
    delay.disable()
    console.log(`3000 × 3000 film: ${ms.toFixed(0)} ms, longest pause of the caller ${(delay.max / 1e6).toFixed(0)} ms`)
    expect(samePixels(film.pixels, pixels)).toBe(true)
    expect(film.header).toMatchObject({ ...size, bitsStored: 12, maxPixel: 4095 })
    // Generous: the machine may be busy. Alone it takes a third of a second.
    expect(ms).toBeLessThan(3000)
  })

  it('names a missing file and a folder', async () => {
    const films = pool()
    await expect(films.read(join(fixtures, 'dicom/none.dcm'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
    await expect(films.read(fixtures)).rejects.toMatchObject({ code: 'NOT_AN_IMAGE' })
  })
})

describe('discover', () => {
  it('takes films from folders in order and counts what it skips', async () => {
    const root = join(folder, 'cases')
    const film = writeDicom(syntheticFilm(Uint8Array.of(1, 2, 3, 4), { width: 2, height: 2 }))
    mkdirSync(join(root, 'series'), { recursive: true })
    const put = (name: string, bytes: Uint8Array) => writeFileSync(join(root, name), bytes)
    put('b.dcm', film)
    put('a.png', Uint8Array.of(1))
    put('series/IM0001', film)
    put('series/1.2.840.99', film)
    put('series/report.txt', Buffer.from('a long enough text that is no film at all'))
    put('DICOMDIR', film)
    put('.hidden.dcm', film)
    const found = await pool().discover([root, join(root, 'series/report.txt'), join(root, 'missing.dcm')])
    const expected = ['a.png', 'b.dcm', 'series/1.2.840.99', 'series/IM0001', 'series/report.txt', 'missing.dcm']
    expect(found).toEqual({ files: expected.map((name) => join(root, name)), skipped: 2 })
  })
})
