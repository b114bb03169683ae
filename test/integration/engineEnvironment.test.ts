import { readFile } from 'node:fs/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { launchEngine } from '../../main/adapters/engineClient'
import { askPassphrase } from '../../main/cli/askPassphrase'
import { composeWorkstation } from '../../main/compose'
import { temporaryFolder } from '../support/temporaryFolder'

const NAME = 'SIMPLEBITS_STORE_PASSPHRASE'

afterEach(() => vi.unstubAllEnvs())

describe('the store’s passphrase in the environment', () => {
  it.skipIf(process.platform !== 'linux')('is not handed to the engine', async () => {
    vi.stubEnv(NAME, 'a long secret')
    vi.stubEnv('SIMPLEBITS_DATA', 'some folder')
    const child = launchEngine({ backend: 'wasm', models: [] })
    try {
      const environment = await readFile(`/proc/${child.pid}/environ`, 'utf8')
      expect(environment).toContain('some folder')
      expect(environment).not.toContain('a long secret')
    } finally {
      child.kill('SIGKILL')
    }
  })

  it('is read once by the command line', async () => {
    vi.stubEnv(NAME, 'a long secret')
    expect(await askPassphrase(false)).toBe('a long secret')
    expect(process.env[NAME]).toBeUndefined()
  })

  it('is read once by the window’s side, and opens its store', async () => {
    vi.stubEnv(NAME, 'a long secret')
    const userData = temporaryFolder()
    const workstation = composeWorkstation({
      ...{ userData, resources: userData, osKeyStore: () => null, throwAway: false },
      dialogs: { openFiles: async () => null, saveFile: async () => null, showInFolder: async () => undefined },
      filmWindow: {
        ...{ show: async () => undefined, hide: async () => undefined, isOpen: () => false },
        onChange: () => () => undefined,
      },
    })
    expect(process.env[NAME]).toBeUndefined()
    expect(await workstation.call('storeState', null)).toMatchObject({
      result: { state: 'open', protections: ['passphrase'] },
    })
    await workstation.close()
  })
})
