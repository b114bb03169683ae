import { createHmac, randomBytes } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SimpleBitsError, type Sha256 } from '../../../contract'
import type { FilmPlace } from '../../ports'
import { decipher, encipherFile } from '../cipher'
import { makeFolder } from '../files'

/** Copies of films' files under films/, enciphered, under names that say nothing. */
export class FilmCopies {
  private readonly folder: string
  private readonly key: Buffer

  constructor(store: string, dataKey: Buffer) {
    this.folder = join(store, 'films')
    this.key = createHmac('sha256', dataKey).update('film copies').digest()
  }

  /** @throws SimpleBitsError FILE_UNREADABLE where the file is not the one with this hash, WRITE_FAILED */
  async add(file: string, sha256: Sha256): Promise<string> {
    await makeFolder(this.folder)
    const name = randomBytes(16).toString('hex')
    const found = await encipherFile(file, join(this.folder, name), this.key)
    if (found === sha256) return name
    await this.remove(name)
    throw new SimpleBitsError('FILE_UNREADABLE', 'The film’s file changed while it was copied. Import it again.')
  }

  place(name: string): FilmPlace {
    return { path: join(this.folder, name), key: this.key }
  }

  /** Whether every bit of the copy is as it was written. */
  async isSound(name: string): Promise<boolean> {
    try {
      decipher(await readFile(join(this.folder, name)), this.key)
      return true
    } catch {
      return false
    }
  }

  async any(): Promise<boolean> {
    return (await readdir(this.folder).catch(() => [])).length > 0
  }

  remove(name: string): Promise<void> {
    return rm(join(this.folder, name), { force: true })
  }

  /** Takes away what no film refers to: copies of an import that was killed before its films were saved. */
  async sweep(kept: ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.folder).catch(() => [])
    await Promise.all(names.filter((name) => !kept.has(name)).map((name) => this.remove(name)))
  }
}
