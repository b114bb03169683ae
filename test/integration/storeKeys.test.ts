import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderKeys } from '../../main/adapters/store'
import type { OsKeyStore } from '../../main/ports'
import { temporaryFolder } from '../support/temporaryFolder'
import { CHEAP } from '../support/testKey'

/** A key store that flips every bit: what is in it is not the secret itself. */
const flipping: OsKeyStore = {
  name: 'a keyring',
  wrap: (secret) => Buffer.from(secret.map((byte) => byte ^ 0xff)),
  unwrap: (wrapped) => Buffer.from(wrapped.map((byte) => byte ^ 0xff)),
}
const ofAnotherAccount: OsKeyStore = {
  ...flipping,
  unwrap: () => {
    throw new Error('not yours')
  },
}

describe('the key of a store', () => {
  it('under a passphrase is not in the file, comes back with it, and with no other', async () => {
    const folder = temporaryFolder()
    const keys = folderKeys(folder, () => null, CHEAP)
    expect(await keys.protections()).toBeNull()
    const key = await keys.create({ kind: 'passphrase', passphrase: 'Straße 12 ✓' })
    expect(key).toHaveLength(32)
    const file = await readFile(join(folder, 'key.json'), 'utf8')
    for (const form of ['base64', 'hex', 'latin1'] as const) expect(file).not.toContain(key.toString(form))
    expect((await stat(join(folder, 'key.json'))).mode & 0o777).toBe(0o600)
    expect(await keys.openWithout()).toBeNull()
    await expect(keys.openWith('Strasse 12 ✓')).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
    expect(await keys.openWith('Straße 12 ✓')).toEqual(key)
  })

  it('lies in clear only where that was chosen, and no longer once there is a passphrase', async () => {
    const folder = temporaryFolder()
    const keys = folderKeys(folder, () => null, CHEAP)
    const key = await keys.create({ kind: 'clear' })
    expect(await keys.openWithout()).toEqual(key)
    await keys.setPassphrase(key, 'long enough')
    expect(await keys.protections()).toEqual(['passphrase'])
    expect(await readFile(join(folder, 'key.json'), 'utf8')).not.toContain(key.toString('base64'))
    expect(await keys.openWith('long enough')).toEqual(key)
    await keys.setPassphrase(key, 'another one')
    await expect(keys.openWith('long enough')).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
    expect(await keys.openWith('another one')).toEqual(key)
  })

  it('in the desktop’s key store opens there alone; a passphrase beside it opens it elsewhere', async () => {
    const folder = temporaryFolder()
    const keys = folderKeys(folder, () => flipping, CHEAP)
    const key = await keys.create({ kind: 'os' })
    expect(await keys.openWithout()).toEqual(key)
    for (const [elsewhere, code] of [
      [null, 'KEY_STORE_SILENT'],
      [ofAnotherAccount, 'STORE_LOCKED'],
    ] as const)
      await expect(folderKeys(folder, () => elsewhere).openWithout()).rejects.toMatchObject({ code })
    await keys.setPassphrase(key, 'for the command line')
    expect(await keys.protections()).toEqual(['os', 'passphrase'])
    expect(await keys.openWithout()).toEqual(key)
    const elsewhere = folderKeys(folder, () => null, CHEAP)
    expect(await elsewhere.openWithout()).toBeNull()
    expect(await elsewhere.openWith('for the command line')).toEqual(key)
  })

  it('is never made anew beside a store that has lost it, nor where it is damaged', async () => {
    const folder = temporaryFolder()
    await writeFile(join(folder, 'store.db'), 'ciphertext')
    const keys = folderKeys(folder, () => null, CHEAP)
    await expect(keys.create({ kind: 'clear' })).rejects.toMatchObject({ code: 'STORE_LOCKED' })
    await writeFile(join(folder, 'key.json'), '{"schema":"simplebits.key/1","slots":[]}')
    await expect(keys.openWithout()).rejects.toMatchObject({ code: 'STORE_LOCKED' })
  })

  it('is not made under a passphrase that is too short, wherever that comes from', async () => {
    const folder = temporaryFolder()
    const keys = folderKeys(folder, () => null, CHEAP)
    const short = { kind: 'passphrase', passphrase: '1234567' } as const
    await expect(keys.create(short)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(await keys.protections()).toBeNull()
    const key = await keys.create({ kind: 'clear' })
    await expect(keys.setPassphrase(key, short.passphrase)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(await keys.protections()).toEqual(['clear'])
  })

  it('goes aside with its store, and nothing is deleted', async () => {
    const folder = temporaryFolder()
    const keys = folderKeys(folder, () => null, CHEAP)
    await keys.create({ kind: 'passphrase', passphrase: 'forgotten' })
    await writeFile(join(folder, 'store.db'), 'ciphertext')
    const aside = await keys.setAside()
    expect((await readdir(aside)).sort()).toEqual(['key.json', 'store.db'])
    expect(await keys.protections()).toBeNull()
  })
})
