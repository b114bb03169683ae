import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { CallParams, StoreState } from '../../contract'
import { call, messageOf } from '../api'

/** Whether the encrypted store is open, and what the user does to open it. */
export const useStoreDoor = defineStore('storeDoor', () => {
  const state = ref<StoreState | null>(null)
  const busy = ref(false)
  /** Why the last attempt did not succeed; nothing was lost by it. */
  const failure = ref('')
  /** Where a store was set aside to; empty where none was. */
  const asideFolder = ref('')
  /** When the store was last tried again in vain, "15:44:08": the message stays the same, and says nothing of a new try. */
  const triedAt = ref('')
  const isOpen = computed(() => state.value?.state === 'open')

  async function attempt(action: () => Promise<StoreState>): Promise<boolean> {
    busy.value = true
    failure.value = ''
    try {
      state.value = await action()
      return true
    } catch (error) {
      failure.value = messageOf(error)
      return false
    } finally {
      busy.value = false
    }
  }

  const load = () => attempt(() => call('storeState', null))
  const protect = (choice: CallParams<'protectStore'>) => attempt(() => call('protectStore', choice))
  const unlock = (passphrase: string) => attempt(() => call('unlockStore', { passphrase }))
  async function reopen(): Promise<void> {
    await attempt(() => call('reopenStore', null))
    triedAt.value = state.value?.state === 'failed' ? new Date().toLocaleTimeString('en-GB') : ''
  }
  const setPassphrase = (passphrase: string) => attempt(() => call('setStorePassphrase', { passphrase }))
  const setAside = () =>
    attempt(async () => {
      const answer = await call('setStoreAside', null)
      asideFolder.value = answer.folder
      return answer.state
    })

  return {
    state,
    busy,
    failure,
    asideFolder,
    triedAt,
    isOpen,
    load,
    protect,
    unlock,
    reopen,
    setPassphrase,
    setAside,
  }
})
