import { expect, it } from 'vitest'
import { SimpleBitsError } from '../../../contract'
import { openLibsqlStore } from '../../../main/adapters/store'
import { ask } from '../../support/ask'
import { quietLogger } from '../../support/quietLogger'
import { scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'
import { TEST_KEY } from '../../support/testKey'

it('settings that could not be saved are not in use either', async () => {
  const store = await openLibsqlStore(temporaryFolder(), { key: TEST_KEY, log: quietLogger() })
  let full = false
  const saveSettings: typeof store.saveSettings = async (settings) => {
    if (full) throw new SimpleBitsError('WRITE_FAILED', 'The disk is full.')
    await store.saveSettings(settings)
  }
  const { workstation } = await scriptedWorkstation(temporaryFolder(), { store: { ...store, saveSettings } })
  await ask(workstation, 'setSettings', { reader: 'A' })
  full = true
  await expect(ask(workstation, 'setSettings', { reader: 'B' })).rejects.toMatchObject({ code: 'WRITE_FAILED' })
  expect(await ask(workstation, 'getSettings', null)).toMatchObject({ reader: 'A' })
  full = false
  // two at once: neither takes the other one back
  const both = [ask(workstation, 'setSettings', { seed: 7 }), ask(workstation, 'setSettings', { reader: 'C' })]
  await Promise.all(both)
  expect(await ask(workstation, 'getSettings', null)).toMatchObject({ seed: 7, reader: 'C' })
  await workstation.close()
})
