import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { z } from 'zod'
import { MIN_PASSPHRASE, SimpleBitsError } from '../../../../contract'
import type { OsKeyStore, ProtectionChoice } from '../../../ports'

const base64 = z.base64().transform((text): Buffer => Buffer.from(text, 'base64'))

/** One lock around the data key. */
export const keySlot = z.discriminatedUnion('kind', [
  /** Wrapped by the desktop's key store. */
  z.strictObject({ kind: z.literal('os'), wrapped: base64 }),
  /** AES-256-GCM under scrypt(passphrase, salt; N, r, p): nonce 12 bytes, key 32 bytes, tag 16 bytes. */
  z.strictObject({
    kind: z.literal('passphrase'),
    salt: base64,
    N: z.number().int(),
    r: z.number().int(),
    p: z.number().int(),
    wrapped: base64,
  }),
  z.strictObject({ kind: z.literal('clear'), key: base64 }),
])
export type KeySlot = z.infer<typeof keySlot>
type PassphraseSlot = Extract<KeySlot, { kind: 'passphrase' }>

/** What a guess costs. */
export interface ScryptCost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/** 64 MB twice over, some 0.4 s: one of the equivalent settings that OWASP's password storage cheat sheet recommends. */
export const SCRYPT_COST: ScryptCost = { N: 2 ** 16, r: 8, p: 2 }
const CONTEXT = Buffer.from('simplebits.key/1')
const NONCE = 12
const TAG = 16

/** @throws SimpleBitsError BAD_REQUEST where the passphrase is too short, or there is no key store */
export async function lock(
  key: Buffer,
  choice: ProtectionChoice,
  { os, cost }: { readonly os: OsKeyStore | null; readonly cost: ScryptCost },
): Promise<KeySlot> {
  if (choice.kind === 'clear') return { kind: 'clear', key }
  if (choice.kind === 'os') {
    if (os === null) throw new SimpleBitsError('BAD_REQUEST', 'This desktop has no key store. Choose a passphrase.')
    return { kind: 'os', wrapped: os.wrap(key) }
  }
  if (choice.passphrase.length < MIN_PASSPHRASE)
    throw new SimpleBitsError('BAD_REQUEST', `A passphrase has at least ${MIN_PASSPHRASE} characters.`)
  const salt = randomBytes(16)
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', await derive(choice.passphrase, salt, cost), nonce).setAAD(CONTEXT)
  const wrapped = Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()])
  return { kind: 'passphrase', salt, ...cost, wrapped }
}

/** @throws SimpleBitsError WRONG_PASSPHRASE: the tag tells it, whatever the passphrase was */
export async function unlockWith(slot: PassphraseSlot, passphrase: string): Promise<Buffer> {
  const { wrapped, salt } = slot
  const derived = await derive(passphrase, salt, slot)
  try {
    const open = createDecipheriv('aes-256-gcm', derived, wrapped.subarray(0, NONCE)).setAAD(CONTEXT)
    open.setAuthTag(wrapped.subarray(-TAG))
    return Buffer.concat([open.update(wrapped.subarray(NONCE, -TAG)), open.final()])
  } catch (cause) {
    throw new SimpleBitsError('WRONG_PASSPHRASE', 'This passphrase does not open the store. Try again.', { cause })
  }
}

function derive(passphrase: string, salt: Buffer, { N, r, p }: ScryptCost): Promise<Buffer> {
  // The same passphrase typed on another keyboard may come as other code points.
  const text = passphrase.normalize('NFKC')
  return new Promise((resolve, reject) => {
    scrypt(text, salt, 32, { N, r, p, maxmem: 256 * N * r }, (error, derived) =>
      error ? reject(error) : resolve(derived),
    )
  })
}
