/** The desktop's own key store (Keychain, Credential Manager, GNOME Keyring, KWallet), as far as the desktop offers a real one. */
export interface OsKeyStore {
  /** As the user knows it: "the macOS Keychain". */
  readonly name: string
  wrap(secret: Buffer): Buffer
  /** @throws where it was wrapped by another account or computer */
  unwrap(wrapped: Buffer): Buffer
}
