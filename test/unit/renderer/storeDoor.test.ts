import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { StoreState } from '../../../contract'
import { useStoreDoor } from '../../../renderer/stores/storeDoor'
import { mainSide } from '../../support/windowSide'

const silent: StoreState = {
  state: 'failed',
  error: { code: 'KEY_STORE_SILENT', message: 'The key store does not answer.' },
  lost: false,
}

beforeEach(() => setActivePinia(createPinia()))

describe('a store whose key store is silent', () => {
  it('says when it was tried again in vain, and nothing of that once it is open', async () => {
    let answer: StoreState = silent
    mainSide({ storeState: () => silent, reopenStore: () => answer })
    const door = useStoreDoor()
    await door.load()
    expect(door.triedAt).toBe('')
    await door.reopen()
    expect(door.triedAt).toMatch(/^\d\d:\d\d:\d\d$/)
    answer = { state: 'open', protections: ['os'], folder: '/store' }
    await door.reopen()
    expect([door.isOpen, door.triedAt]).toEqual([true, ''])
  })
})
