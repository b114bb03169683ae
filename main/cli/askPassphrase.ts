import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { MIN_PASSPHRASE, SimpleBitsError } from '../../contract'

/**
 * The store's passphrase: from SIMPLEBITS_STORE_PASSPHRASE, else asked on the terminal without echo (a new one twice); null
 * where there is no terminal.
 */
export async function askPassphrase(isNew: boolean): Promise<string | null> {
  const { takePassphrase } = await import('../compose')
  const told = takePassphrase(process.env)
  if (told !== null) return told
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null
  if (!isNew) return question('Passphrase of the store: ')
  const first = await question('Passphrase of the new store (it cannot be found out if it is lost): ')
  if (first.length < MIN_PASSPHRASE)
    throw new SimpleBitsError('BAD_REQUEST', `A passphrase has at least ${MIN_PASSPHRASE} characters.`)
  if ((await question('Repeat the passphrase: ')) === first) return first
  throw new SimpleBitsError('BAD_REQUEST', 'The two passphrases are not the same.')
}

/** Asks on stderr, for stdout carries data; what is typed is not shown. */
async function question(text: string): Promise<string> {
  process.stderr.write(text)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await lines.question('')
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}
