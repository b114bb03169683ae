import type { StoreProtection } from '../../contract'

/** How a store's key is to be kept. Several ways may stand side by side; each opens the store. */
export type ProtectionChoice =
  { readonly kind: 'os' } | { readonly kind: 'passphrase'; readonly passphrase: string } | { readonly kind: 'clear' }

/** The key of one store: 256 random bits that are themselves kept only under a lock. */
export interface StoreKeys {
  /** Null where the folder holds no store yet. */
  protections(): Promise<readonly StoreProtection[] | null>
  /** Makes the key of a new store. @throws SimpleBitsError BAD_REQUEST where there is one or the passphrase is too short, WRITE_FAILED */
  create(choice: ProtectionChoice): Promise<Buffer>
  /**
   * The key, where no passphrase is needed to get it: from the desktop's key store, or in clear. Null where one is.
   *
   * @throws SimpleBitsError KEY_STORE_SILENT where the desktop's key store does not answer, STORE_LOCKED where it has another key
   */
  openWithout(): Promise<Buffer | null>
  /** @throws SimpleBitsError WRONG_PASSPHRASE */
  openWith(passphrase: string): Promise<Buffer>
  /** Adds or changes the passphrase; a key in clear beside it would make it worthless, and goes. */
  setPassphrase(key: Buffer, passphrase: string): Promise<void>
  /** Takes the whole store aside into a folder beside its place, and answers with that folder. @throws STORE_IN_USE */
  setAside(): Promise<string>
}
