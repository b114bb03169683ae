import { safeStorage } from 'electron'
import type { OsKeyStore } from '../main/compose'

const names: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'the macOS Keychain',
  win32: 'Windows Data Protection',
}

/**
 * The desktop's own key store, or null where there is no real one. On a Linux desktop without a keyring Electron would
 * "encrypt" under a password that stands in its source (`basic_text`): that is no lock, and is not taken for one.
 */
export function osKeyStore(): OsKeyStore | null {
  if (!safeStorage.isEncryptionAvailable()) return null
  if (process.platform === 'linux' && !linuxKeyring()) return null
  return {
    name: names[process.platform] ?? 'the desktop’s keyring',
    wrap: (secret) => safeStorage.encryptString(secret.toString('base64')),
    unwrap: (wrapped) => Buffer.from(safeStorage.decryptString(wrapped), 'base64'),
  }
}

const linuxKeyring = (): boolean => {
  const backend = safeStorage.getSelectedStorageBackend()
  return backend !== 'basic_text' && backend !== 'unknown'
}
