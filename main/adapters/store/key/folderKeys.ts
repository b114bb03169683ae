import { randomBytes } from 'node:crypto'
import { access, mkdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { SimpleBitsError } from '../../../../contract'
import type { OsKeyStore, StoreKeys } from '../../../ports'
import { makeFolder, writeAtomic } from '../../files'
import { lockFolder } from '../lockFolder'
import { keySlot, lock, SCRYPT_COST, unlockWith, type KeySlot, type ScryptCost } from './slots'

const KEY_FILE = 'key.json'
/** What belongs to the store, and goes where it goes; the key first, because a store without it is refused and never taken for new. */
const PARTS = [KEY_FILE, 'store.db', 'store.db-wal', 'store.db-shm', 'films'] as const

const keyFile = z.strictObject({ schema: z.literal('simplebits.key/1'), slots: z.array(keySlot).min(1) })

/**
 * The key of the store in this folder, in key.json beside it. `findOs`: the desktop's key store, where a real one answers; asked at
 * each attempt, for a keyring may start late.
 */
export function folderKeys(folder: string, findOs: () => OsKeyStore | null, cost: ScryptCost = SCRYPT_COST): StoreKeys {
  const path = join(folder, KEY_FILE)
  const slots = () => readSlots(folder)
  const find = async <K extends KeySlot['kind']>(kind: K) =>
    (await slots())?.find((slot): slot is Extract<KeySlot, { kind: K }> => slot.kind === kind)
  const save = (all: readonly KeySlot[]) => writeAtomic(path, toJson(all), { mode: 0o600 })

  return {
    protections: async () => (await slots())?.map(({ kind }) => kind) ?? null,
    async create(choice) {
      const key = randomBytes(32)
      const slot = await lock(key, choice, { os: findOs(), cost })
      await makeFolder(folder)
      // Two starts at once must not end with two keys, of which the store has one and the folder the other.
      const unlock = lockFolder(folder)
      try {
        if ((await slots()) !== null) throw new SimpleBitsError('BAD_REQUEST', 'This store has a key already.')
        await save([slot])
      } finally {
        unlock()
      }
      return key
    },
    async openWithout() {
      const clear = await find('clear')
      if (clear) return clear.key
      const wrapped = (await find('os'))?.wrapped
      if (wrapped === undefined) return null
      const os = findOs()
      const key = os === null ? null : unwrapped(os, wrapped)
      if (key !== null || (await find('passphrase'))) return key
      if (os === null)
        throw new SimpleBitsError(
          'KEY_STORE_SILENT',
          'The desktop’s key store, which has the key of this store, does not answer. Start or unlock it and try again; if that does not help, start the program again. The command line cannot ask it: for that, give the store a passphrase in the settings.',
        )
      throw new SimpleBitsError(
        'STORE_LOCKED',
        'The key of this store lies in the key store of another account or computer. Open the store there and give it a passphrase in the settings.',
      )
    },
    async openWith(passphrase) {
      const slot = await find('passphrase')
      if (!slot) throw new SimpleBitsError('STORE_LOCKED', 'This store has no passphrase. Give it one in the settings.')
      return unlockWith(slot, passphrase)
    },
    async setPassphrase(key, passphrase) {
      const kept = ((await slots()) ?? []).filter(({ kind }) => kind === 'os')
      await save([...kept, await lock(key, { kind: 'passphrase', passphrase }, { os: null, cost })])
    },
    async setAside() {
      const aside = join(folder, `set-aside-${new Date().toISOString().replace(/[:.]/g, '-')}`)
      // What another window or command writes to must not be moved away under it.
      const unlock = lockFolder(folder)
      try {
        await mkdir(aside)
        for (const part of PARTS)
          if (await exists(join(folder, part))) await rename(join(folder, part), join(aside, part))
      } finally {
        unlock()
      }
      return aside
    },
  }
}

async function readSlots(folder: string): Promise<KeySlot[] | null> {
  const text = await readFile(join(folder, KEY_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new SimpleBitsError('FILE_UNREADABLE', 'The store’s key.json cannot be read. Check its permissions.', {
      cause: error,
    })
  })
  if (text === null) {
    // Without its key a database is noise; a new key beside it would hide that.
    if (!(await exists(join(folder, 'store.db')))) return null
    throw new SimpleBitsError('STORE_LOCKED', 'The store’s key.json is missing. Put it back from your backup.')
  }
  try {
    return keyFile.parse(JSON.parse(text)).slots
  } catch (cause) {
    throw new SimpleBitsError('STORE_LOCKED', 'The store’s key.json is damaged. Put it back from your backup.', {
      cause,
    })
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

function unwrapped(os: OsKeyStore, bytes: Buffer): Buffer | null {
  try {
    const key = os.unwrap(bytes)
    return key.length === 32 ? key : null
  } catch {
    return null
  }
}

function toJson(slots: readonly KeySlot[]): string {
  const text = (value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value)
  const plain = slots.map((slot) =>
    Object.fromEntries(Object.entries(slot).map(([name, value]) => [name, text(value)])),
  )
  return `${JSON.stringify({ schema: 'simplebits.key/1', slots: plain }, null, 2)}\n`
}
