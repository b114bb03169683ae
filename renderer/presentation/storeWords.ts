import type { StoreProtection } from '../../contract'
import { MIN_PASSPHRASE } from '../../contract/shared'
import { count } from './words'

/** How the store's key is kept, as a sentence about this computer. */
export const protectionWords: Readonly<Record<StoreProtection, string>> = {
  os: 'The key is in this desktop’s own key store: the store opens when you are logged in.',
  passphrase: 'The key is protected by a passphrase.',
  clear: 'The key is unprotected on this computer: anyone who can read its disk can read the films and findings.',
}

/** Films that the store holds and cannot read. */
export function leftOutWords(films: number): string {
  const [are, they] = films === 1 ? ['is', 'It stays'] : ['are', 'They stay']
  return `${count(films, 'film')} in the store cannot be read and ${are} not in the worklist. ${they} in the store; a newer version of the program may be able to read what this one cannot.`
}

/** What a new passphrase takes; told before the first try. */
export const PASSPHRASE_HINT = `At least ${MIN_PASSPHRASE} characters.`

/** What is wrong with a new passphrase, each said under its field; both empty where nothing is. */
export function passphraseProblems(
  passphrase: string,
  again: string,
): { readonly first: string; readonly again: string } {
  if (passphrase.length < MIN_PASSPHRASE) return { first: PASSPHRASE_HINT, again: '' }
  return { first: '', again: passphrase === again ? '' : 'The two entries differ.' }
}
