import { SimpleBitsError, type CallTable, type storeCalls } from '../../../contract'

const refuse = (): Promise<never> =>
  Promise.reject(new SimpleBitsError('BAD_REQUEST', 'The store of this workstation was opened by the program.'))

/** The calls about the store's lock, where nobody asked for one: they are answered by the gate in front of a workstation. */
export const withoutGate: CallTable<keyof typeof storeCalls> = {
  storeState: refuse,
  protectStore: refuse,
  unlockStore: refuse,
  reopenStore: refuse,
  setStoreAside: refuse,
  setStorePassphrase: refuse,
}
