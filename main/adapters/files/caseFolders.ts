import { access, readFile, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { sha256, SimpleBitsError } from '../../../contract'
import type { CaseFolders } from '../../ports'
import { writeAtomic } from './writeAtomic'

const RECORD = 'audit.json'
const PICTURES: ReadonlySet<string> = new Set(['film.png', 'simplified.png', 'bitmap.png', 'detail.png'])
const PARTS: readonly string[] = [RECORD, ...PICTURES, 'maps.safetensors', 'report.pdf']
/** About what a case takes: where there is no room for so much, there is none for it. */
const A_CASE = new Uint8Array(1 << 20)
const ofFilm = z.object({ input: z.object({ sha256 }) })

/** A case is whole as soon as its record stands, which is written last. */
export const caseFolders: CaseFolders = {
  ready: requireRoom,

  async filmOf(folder) {
    const text = await readFile(join(folder, RECORD), 'utf8').catch(() => null)
    if (text === null) return null
    try {
      return ofFilm.parse(JSON.parse(text)).input.sha256
    } catch {
      return null
    }
  },

  async begin(folder) {
    // Before the former result is touched.
    await requireRoom(folder)
    try {
      await rm(join(folder, RECORD), { force: true })
    } catch (cause) {
      throw new SimpleBitsError('WRITE_FAILED', `The former result in “${folder}” cannot be replaced.`, { cause })
    }
  },

  async drop(folder) {
    await Promise.allSettled(PARTS.map((part) => rm(join(folder, part), { force: true })))
    // It stays where something else lies in it.
    await rmdir(folder).catch(() => undefined)
  },

  async isResult(file) {
    if (!PICTURES.has(basename(file))) return false
    return isThere(join(dirname(file), RECORD))
  },
}

async function requireRoom(folder: string): Promise<void> {
  const probe = join(folder, '.simplebits')
  const isNew = !(await isThere(folder))
  try {
    await writeAtomic(probe, A_CASE)
    await rm(probe, { force: true })
  } catch (cause) {
    if (isNew) await rmdir(folder).catch(() => undefined) // The folder itself may be what is wrong.
    const message = `Nothing can be written into the folder “${folder}”. Name another one, or make room and see that it is not write-protected.`
    throw new SimpleBitsError('WRITE_FAILED', message, { cause })
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
