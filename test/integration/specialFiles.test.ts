import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { DecodePool, decodeWorkerFile, readFilm } from '../../main/adapters/dicom'
import { discoverFiles } from '../../main/adapters/dicom/discover'
import { syntheticFilm, writeDicom } from '../support/dicomWriter'
import { temporaryFolder } from '../support/temporaryFolder'

const film = writeDicom(syntheticFilm(Uint8Array.of(1, 2, 3, 4), { width: 2, height: 2 }))
const pools: DecodePool[] = []

function pool(worker = decodeWorkerFile(), limitMs?: number): DecodePool {
  const made = new DecodePool({ worker, threads: 1, ...(limitMs === undefined ? {} : { limitMs }) })
  pools.push(made)
  return made
}

afterEach(() => Promise.all(pools.splice(0).map((each) => each.close())))

/** A medium of one film, with this for its DICOMDIR. */
function medium(name: string, dicomDir: Uint8Array): string {
  const root = join(temporaryFolder(), name)
  mkdirSync(root)
  writeFileSync(join(root, 'IM0001'), film)
  writeFileSync(join(root, 'DICOMDIR'), dicomDir)
  return root
}

const image = (file: string) =>
  ({ '00041410': ['US', 0xffff], '00041430': ['CS', 'IMAGE'], '00041500': ['CS', file] }) as const
const index = { '00041220': ['SQ', [image('IM0001')]] } as const

describe.skipIf(process.platform === 'win32')('what is no file', () => {
  const root = temporaryFolder()
  writeFileSync(join(root, 'film.dcm'), film)
  execFileSync('mkfifo', [join(root, 'pipe.dcm')])
  symlinkSync('/dev/zero', join(root, 'endless.dcm'))
  symlinkSync('pipe.dcm', join(root, 'to-pipe'))
  symlinkSync('film.dcm', join(root, 'link.dcm'))
  symlinkSync('gone.dcm', join(root, 'nowhere.dcm'))

  it('is not opened as a film, links to it neither', async () => {
    for (const name of ['pipe.dcm', 'endless.dcm', 'to-pipe'])
      await expect(readFilm(join(root, name))).rejects.toMatchObject({ code: 'NOT_AN_IMAGE' })
    expect((await readFilm(join(root, 'link.dcm'))).pixels).toEqual(Uint8Array.of(1, 2, 3, 4))
  })

  it('is not found in a folder; a link that leads nowhere is, for reading says so', async () => {
    const { files } = await discoverFiles([root])
    expect(files).toEqual(['film.dcm', 'link.dcm', 'nowhere.dcm'].map((name) => join(root, name)))
  })
})

describe('a DICOMDIR', () => {
  it('is read on the decoding thread', async () => {
    const root = medium('sound', writeDicom(index))
    expect(await pool().discover([join(root, 'DICOMDIR')])).toEqual({ files: [join(root, 'IM0001')], skipped: 0 })
  })

  it('that cannot be read in time leaves it to the folder', { timeout: 30_000 }, async () => {
    const root = medium('hang', writeDicom({ '00041220': ['SQ', [image('ELSEWHERE')]] }))
    const faulty = resolve(import.meta.dirname, '../fixtures/workers/faulty.mjs')
    expect(await pool(faulty, 100).discover([root])).toEqual({ files: [join(root, 'IM0001')], skipped: 1 })
  })

  it('is not unpacked', async () => {
    const bare = writeDicom({ '00041220': ['SQ', [image('ELSEWHERE')]] }, { preamble: false, meta: false })
    const head = writeDicom({}, { transferSyntax: '1.2.840.10008.1.2.1.99' })
    const root = medium('packed', Buffer.concat([head, deflateRawSync(bare)]))
    expect((await discoverFiles([root])).files).toEqual([join(root, 'IM0001')])
  })

  it('of more films than an import takes is cut off there', async () => {
    const images = Array.from({ length: 300_000 }, (_, i) => `IM${i}`)
    const found = await discoverFiles([join('medium', 'DICOMDIR')], async () => ({
      images,
      others: [],
      found: 300_000,
    }))
    expect(found.files).toEqual(images.slice(0, 100_000))
  })
})
