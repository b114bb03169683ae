import { access, readFile, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { sha256, SimpleBitsError } from '../../../contract'
import type { CaseFolders } from '../../ports'
import { writeAtomic } from './writeAtomic'

const RECORD = 'audit.json'
const PICTURES: ReadonlySet<string> = new Set(['film.png', 'simplified.png', 'bitmap.png', 'detail.png'])
const ofFilm = z.object({ input: z.object({ sha256 }) })

/** A case is whole as soon as its record stands, which is written last. */
export const caseFolders: CaseFolders = {
  async ready(out) {
    const probe = join(out, '.simplebits')
    try {
      await writeAtomic(probe, '')
      await rm(probe, { force: true })
    } catch (cause) {
      const message = `Nothing can be written into the folder “${out}”. Name another one, or make room and see that it is not write-protected.`
      throw new SimpleBitsError('WRITE_FAILED', message, { cause })
    }
  },

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
    try {
      await rm(join(folder, RECORD), { force: true })
    } catch (cause) {
      throw new SimpleBitsError('WRITE_FAILED', `The former result in “${folder}” cannot be replaced.`, { cause })
    }
  },

  async isResult(file) {
    if (!PICTURES.has(basename(file))) return false
    return access(join(dirname(file), RECORD)).then(
      () => true,
      () => false,
    )
  },
}
