import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { discoverFiles } from '../../../main/adapters/dicom/discover'
import { readFilm } from '../../../main/adapters/dicom/readFilm'
import { syntheticFilm, writeDicom } from '../../support/dicomWriter'
import { temporaryFolder } from '../../support/temporaryFolder'

/** What happens before a folder is listed; throws where it cannot be: permissions do not hold for every user of a test. */
const listing = vi.hoisted((): { before: (path: string) => void } => ({ before: () => undefined }))
afterEach(() => void (listing.before = () => undefined))

vi.mock(import('node:fs/promises'), async (original) => {
  const real = await original()
  const readdir = async (path: string, options: { withFileTypes: true }) => {
    listing.before(path)
    return real.readdir(path, options)
  }
  return { ...real, readdir: readdir as typeof real.readdir }
})

const film = writeDicom(syntheticFilm(Uint8Array.of(1, 2, 3, 4), { width: 2, height: 2 }))

/** Two folders of a film each. */
function twoFolders(): string {
  const root = temporaryFolder()
  for (const name of ['closed', 'open']) {
    mkdirSync(join(root, name))
    writeFileSync(join(root, name, 'film.dcm'), film)
  }
  return root
}

/** Folders of this name cannot be listed. */
function close(name: string): void {
  listing.before = (path) => {
    if (path.endsWith(name)) throw new Error('EACCES: permission denied')
  }
}

describe('a folder that cannot be listed', () => {
  it.each(['named', 'found'])('is not passed over in silence where it is %s: reading it says so', async (how) => {
    const root = twoFolders()
    close('closed')
    const { files, skipped } = await discoverFiles(how === 'named' ? [join(root, 'closed')] : [root])
    expect(files).toEqual(
      how === 'named' ? [join(root, 'closed')] : [join(root, 'closed'), join(root, 'open', 'film.dcm')],
    )
    expect(skipped).toBe(0)
    await expect(readFilm(join(root, 'closed'))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: /^This folder/,
    })
    await expect(readFilm(join(root, 'open'))).rejects.toMatchObject({ code: 'NOT_AN_IMAGE' })
  })
})

it.skipIf(process.platform === 'win32')('a link to a folder is not followed, and is counted', async () => {
  const root = twoFolders()
  symlinkSync('open', join(root, 'link'))
  symlinkSync('.', join(root, 'open', 'circle'))
  expect(await discoverFiles([root])).toEqual({
    files: ['closed', 'open'].map((name) => join(root, name, 'film.dcm')),
    skipped: 2,
  })
})

it('ends between two folders where it is called off', async () => {
  const root = twoFolders()
  const abort = new AbortController()
  const listed: string[] = []
  listing.before = (path) => {
    listed.push(path)
    if (path.endsWith('closed')) abort.abort()
  }
  const { files } = await discoverFiles([root, root], undefined, abort.signal)
  expect(files).toEqual([])
  expect(listed.filter((path) => path.endsWith('open'))).toEqual([])
})
