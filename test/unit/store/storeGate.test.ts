import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SimpleBitsError, type CallParams, type WorkstationCall } from '../../../contract'
import { folderKeys, openLibsqlStore, throwAwayKeys } from '../../../main/adapters/store'
import { openDatabase } from '../../../main/adapters/store/database'
import { openGate } from '../../../main/app'
import type { GateDeps } from '../../../main/app/storeGate'
import type { OsKeyStore } from '../../../main/ports'
import { quietLogger } from '../../support/quietLogger'
import { scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'
import { CHEAP } from '../../support/testKey'

const plain: OsKeyStore = { name: 'a keyring', wrap: (secret) => secret, unwrap: (wrapped) => wrapped }
const passphrase = 'long enough'

/** The gate over a real store in this folder, and how to ask through it. */
function gateOf(folder: string, changes: Partial<GateDeps> = {}) {
  const log = quietLogger()
  const gate = openGate({
    keys: folderKeys(folder, changes.os ?? (() => null), CHEAP),
    ...{ os: () => null, passphrase: null, folder, log },
    open: async (key) =>
      (await scriptedWorkstation(folder, { store: await openLibsqlStore(folder, { key, log }) })).workstation,
    ...changes,
  })
  const ask = async <C extends WorkstationCall>(name: C, params: CallParams<C>) => {
    const answer = await gate.call(name, params)
    if (!answer.ok) throw SimpleBitsError.fromWire(answer.error)
    return answer.result
  }
  return { gate, ask }
}

/** Overwrites all pages but the first one, which proves the key. */
async function damage(folder: string): Promise<void> {
  const path = join(folder, 'store.db')
  const database = openDatabase(path, await folderKeys(folder, () => null, CHEAP).openWith(passphrase))
  database.all('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
  const file = await open(path, 'r+')
  const { size } = await file.stat()
  await file.write(Buffer.alloc(size - 4096, 1), 0, size - 4096, 4096)
  await file.close()
}

describe('a desktop without a key store', () => {
  it('asks once how to lock; until then nothing else is answered', async () => {
    const folder = temporaryFolder()
    const { gate, ask } = gateOf(folder)
    expect(await ask('storeState', null)).toEqual({ state: 'new' })
    await expect(ask('listCases', null)).rejects.toMatchObject({ code: 'STORE_LOCKED' })
    expect(await ask('protectStore', { kind: 'clear' })).toMatchObject({ state: 'open', protections: ['clear'] })
    expect(await ask('listCases', null)).toEqual([])
    await expect(ask('protectStore', { kind: 'clear' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await gate.close()
    const next = gateOf(folder)
    expect(await next.ask('storeState', null)).toMatchObject({ state: 'open' })
    await next.gate.close()
  })

  it('asks for the passphrase at each start; a wrong one loses nothing', async () => {
    const folder = temporaryFolder()
    const first = gateOf(folder)
    await first.ask('protectStore', { kind: 'passphrase', passphrase })
    await first.ask('importFiles', { paths: ['/a/film-1.dcm'] })
    await first.gate.close()
    const { gate, ask } = gateOf(folder)
    expect(await ask('storeState', null)).toEqual({ state: 'locked' })
    await expect(ask('unlockStore', { passphrase: 'a wrong one' })).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
    expect(await ask('storeState', null)).toEqual({ state: 'locked' })
    expect(await ask('unlockStore', { passphrase })).toMatchObject({ state: 'open' })
    expect(await ask('listCases', null)).toHaveLength(1)
    await gate.close()
  })

  it('opens once where the passphrase is sent twice', async () => {
    const folder = temporaryFolder()
    const first = gateOf(folder, { passphrase })
    await first.ask('storeState', null)
    await first.gate.close()
    const { gate, ask } = gateOf(folder)
    const [one, other] = await Promise.allSettled([1, 2].map(() => ask('unlockStore', { passphrase })))
    expect(one).toMatchObject({ value: { state: 'open' } })
    expect(other).toMatchObject({ reason: { code: 'BAD_REQUEST' } })
    expect(await ask('reopenStore', null)).toMatchObject({ state: 'open' })
    await gate.close()
  })

  it('takes the passphrase from the environment of an unattended start', async () => {
    const folder = temporaryFolder()
    const { gate, ask } = gateOf(folder, { passphrase })
    expect(await ask('listCases', null)).toEqual([])
    expect(await ask('storeState', null)).toMatchObject({ protections: ['passphrase'] })
    await gate.close()
  })

  it('asks for the right passphrase where the one of the environment is another store’s', async () => {
    const folder = temporaryFolder()
    const first = gateOf(folder, { passphrase })
    await first.ask('importFiles', { paths: ['/a/film-1.dcm'] })
    await first.gate.close()
    const { gate, ask } = gateOf(folder, { passphrase: 'a wrong one' })
    const refused = { code: 'WRONG_PASSPHRASE', message: expect.stringContaining('SIMPLEBITS_STORE_PASSPHRASE') }
    expect(await ask('storeState', null)).toEqual({ state: 'locked', refused })
    expect(await ask('unlockStore', { passphrase })).toMatchObject({ state: 'open' })
    expect(await ask('listCases', null)).toHaveLength(1)
    await gate.close()
  })

  it('makes no store under a passphrase of the environment that is too short, and asks for one', async () => {
    const folder = temporaryFolder()
    const { gate, ask } = gateOf(folder, { passphrase: 'short' })
    const refused = { code: 'BAD_REQUEST', message: expect.stringContaining('at least 8 characters') }
    expect(await ask('storeState', null)).toEqual({ state: 'new', refused })
    expect(await readdir(folder)).toEqual([])
    expect(await ask('protectStore', { kind: 'passphrase', passphrase })).toMatchObject({ state: 'open' })
    await gate.close()
  })

  it('sets a store aside whose passphrase is lost, and begins an empty one', async () => {
    const folder = temporaryFolder()
    const first = gateOf(folder, { passphrase })
    await first.ask('importFiles', { paths: ['/a/film-1.dcm'] })
    await first.gate.close()
    const { gate, ask } = gateOf(folder)
    expect(await ask('setStoreAside', null)).toMatchObject({ state: { state: 'new' } })
    await ask('protectStore', { kind: 'clear' })
    expect(await ask('listCases', null)).toEqual([])
    await gate.close()
  })
})

it('a desktop with a key store opens without a question, and a passphrase may be added', async () => {
  const folder = temporaryFolder()
  const { gate, ask } = gateOf(folder, { os: () => plain })
  expect(await ask('storeState', null)).toMatchObject({ state: 'open', protections: ['os'] })
  expect(await ask('setStorePassphrase', { passphrase })).toMatchObject({ protections: ['os', 'passphrase'] })
  await gate.close()
})

it('a desktop whose key store does not answer yet is asked again, and its store is not given up', async () => {
  const folder = temporaryFolder()
  const first = gateOf(folder, { os: () => plain })
  await first.ask('importFiles', { paths: ['/a/film-1.dcm'] })
  await first.gate.close()
  let answers = false
  const { gate, ask } = gateOf(folder, { os: () => (answers ? plain : null) })
  const error = { code: 'KEY_STORE_SILENT', message: expect.stringContaining('does not answer') }
  expect(await ask('storeState', null)).toEqual({ state: 'failed', error, lost: false })
  await expect(ask('setStoreAside', null)).rejects.toMatchObject({ code: 'KEY_STORE_SILENT' })
  answers = true
  expect(await ask('reopenStore', null)).toMatchObject({ state: 'open' })
  expect(await ask('listCases', null)).toHaveLength(1)
  await gate.close()
})

it('a store that another window holds is refused with a sentence, and opens once that one is closed', async () => {
  const folder = temporaryFolder()
  const first = gateOf(folder, { passphrase })
  await first.ask('storeState', null)
  const second = gateOf(folder, { passphrase })
  expect(await second.ask('storeState', null)).toMatchObject({
    state: 'failed',
    error: { code: 'STORE_IN_USE' },
    lost: false,
  })
  await first.gate.close()
  expect(await second.ask('reopenStore', null)).toMatchObject({ state: 'open' })
  await second.gate.close()
})

it('tries to open at once do not hinder each other', async () => {
  const folder = temporaryFolder()
  const first = gateOf(folder, { passphrase })
  await first.ask('storeState', null)
  await first.gate.close()
  const { gate, ask } = gateOf(folder, { passphrase })
  const states = await Promise.all([ask('storeState', null), ask('reopenStore', null), ask('reopenStore', null)])
  expect(states.map(({ state }) => state)).toEqual(['open', 'open', 'open'])
  await gate.close()
})

it('a damaged store says so, and may be set aside for an empty one', async () => {
  const folder = temporaryFolder()
  const before = gateOf(folder, { passphrase })
  const paths = Array.from({ length: 40 }, (_, i) => `/a/film-${i + 1}.dcm`)
  await before.ask('importFiles', { paths })
  await before.gate.close()
  await damage(folder)
  const { gate, ask } = gateOf(folder, { passphrase })
  expect(await ask('storeState', null)).toMatchObject({
    ...{ state: 'failed', lost: true },
    error: { code: 'FILE_UNREADABLE', message: expect.stringContaining('The store is damaged.') },
  })
  expect(await ask('setStoreAside', null)).toMatchObject({ state: { state: 'open' } })
  expect(await ask('listCases', null)).toEqual([])
  await gate.close()
})

it('a demonstration’s key is in memory only: nothing is asked, and nobody opens its store again', async () => {
  const folder = temporaryFolder()
  const { gate, ask } = gateOf(folder, { keys: throwAwayKeys() })
  expect(await ask('storeState', null)).toMatchObject({ state: 'open', protections: [] })
  expect(await ask('listCases', null)).toEqual([])
  await gate.close()
  const next = gateOf(folder, { passphrase })
  expect(await next.ask('storeState', null)).toMatchObject({ state: 'failed', error: { code: 'STORE_LOCKED' } })
  await next.gate.close()
})
