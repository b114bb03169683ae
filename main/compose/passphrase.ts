/** The store's passphrase, from whoever started the program. It is read once: no process that this one starts inherits it. */
export function takePassphrase(environment: NodeJS.ProcessEnv): string | null {
  const told = environment['SIMPLEBITS_STORE_PASSPHRASE'] || null
  delete environment['SIMPLEBITS_STORE_PASSPHRASE']
  return told
}
