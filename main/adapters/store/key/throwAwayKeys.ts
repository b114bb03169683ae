import { randomBytes } from 'node:crypto'
import { SimpleBitsError } from '../../../../contract'
import type { StoreKeys } from '../../../ports'

/** A key that lives in memory only: what is written under it can be read by nobody once the program has ended. */
export function throwAwayKeys(): StoreKeys {
  const key = randomBytes(32)
  const refuse = () => Promise.reject(new SimpleBitsError('BAD_REQUEST', 'This store is thrown away at the end.'))
  return {
    protections: async () => [],
    openWithout: async () => key,
    create: refuse,
    openWith: refuse,
    setPassphrase: refuse,
    setAside: refuse,
  }
}
