import { z } from 'zod'
import { wireError } from './errors'
import { nothing } from './nothing'
import { MIN_PASSPHRASE } from './shared'

/** Opening of the encrypted store: which comes before everything else that the window may ask. */

/** How the store's key is kept: by the desktop's key store, under a passphrase, or unprotected beside the store. */
const storeProtection = z.enum(['os', 'passphrase', 'clear'])
export type StoreProtection = z.infer<typeof storeProtection>

const newPassphrase = z
  .string()
  .min(MIN_PASSPHRASE, `A passphrase has at least ${MIN_PASSPHRASE} characters.`)
  .max(1000)

const storeState = z.discriminatedUnion('state', [
  /** There is no store yet, and this desktop has no key store: the user must choose. */
  z.strictObject({ state: z.literal('new'), refused: wireError.optional() }),
  /** The passphrase is needed. `refused`, here and above: why the one from the environment was not taken. */
  z.strictObject({ state: z.literal('locked'), refused: wireError.optional() }),
  z.strictObject({ state: z.literal('open'), protections: z.array(storeProtection), folder: z.string() }),
  /** It cannot be opened now; `lost`: and perhaps never, so that it may be set aside. */
  z.strictObject({ state: z.literal('failed'), error: wireError, lost: z.boolean() }),
])
export type StoreState = z.infer<typeof storeState>

export const storeCalls = {
  storeState: { params: nothing, result: storeState },
  /** Makes the store, once, with this protection. */
  protectStore: {
    params: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('passphrase'), passphrase: newPassphrase }),
      z.strictObject({ kind: z.literal('clear') }),
    ]),
    result: storeState,
  },
  /** Refused with WRONG_PASSPHRASE; nothing is lost by it. */
  unlockStore: { params: z.strictObject({ passphrase: z.string().min(1).max(1000) }), result: storeState },
  /** Tries to open it again, where something stood in the way. */
  reopenStore: { params: nothing, result: storeState },
  /** Moves a store that cannot be opened into a folder beside it and begins an empty one. Nothing is deleted. */
  setStoreAside: { params: nothing, result: z.strictObject({ folder: z.string(), state: storeState }) },
  /** Adds or changes the passphrase of the open store. */
  setStorePassphrase: { params: z.strictObject({ passphrase: newPassphrase }), result: storeState },
} as const
