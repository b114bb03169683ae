import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SimpleBitsError } from '../../../contract'
import { folderKeys } from '../../../main/adapters/store'
import { lockFolder } from '../../../main/adapters/store/lockFolder'
import { openGate } from '../../../main/app'
import { quietLogger } from '../../support/quietLogger'
import { temporaryFolder } from '../../support/temporaryFolder'
import { CHEAP } from '../../support/testKey'

/** A store under a passphrase, and the gate before it. */
async function lockedStore(open: () => Promise<never> = () => Promise.reject(new Error('not asked'))) {
  const folder = temporaryFolder()
  const keys = folderKeys(folder, () => null, CHEAP)
  await keys.create({ kind: 'passphrase', passphrase: 'long enough' })
  await writeFile(join(folder, 'store.db'), 'ciphertext')
  const gate = openGate({ keys, os: () => null, passphrase: null, folder, log: quietLogger(), open })
  return { folder, gate }
}

it('a store that another process holds is not set aside', async () => {
  const { folder, gate } = await lockedStore()
  const unlock = lockFolder(folder)
  expect(await gate.call('setStoreAside', null)).toMatchObject({ ok: false, error: { code: 'STORE_IN_USE' } })
  expect(await readdir(folder)).toContain('store.db')
  unlock()
  expect(await gate.call('setStoreAside', null)).toMatchObject({ ok: true, result: { state: { state: 'new' } } })
  expect(await readdir(folder)).not.toContain('store.db')
})

it.each(['STORE_IN_USE', 'WRITE_FAILED'] as const)('neither is one that only %s keeps from opening', async (code) => {
  const { folder, gate } = await lockedStore(() =>
    Promise.reject(new SimpleBitsError(code, 'Something is in the way.')),
  )
  await gate.call('unlockStore', { passphrase: 'long enough' })
  expect(await gate.call('storeState', null)).toMatchObject({ result: { state: 'failed', lost: false } })
  expect(await gate.call('setStoreAside', null)).toMatchObject({ ok: false, error: { code } })
  expect(await readdir(folder)).toContain('store.db')
})

it('where there is no store nothing is set aside', async () => {
  const folder = temporaryFolder()
  const keys = folderKeys(folder, () => null, CHEAP)
  const open = () => Promise.reject(new Error('not asked'))
  const gate = openGate({ keys, os: () => null, passphrase: null, folder, log: quietLogger(), open })
  expect(await gate.call('setStoreAside', null)).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } })
  expect(await readdir(folder)).toEqual([])
})
