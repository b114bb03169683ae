import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { SimpleBitsError } from '../../../contract'

/** File format: magic "SBF1", nonce (12 bytes), AES-256-GCM ciphertext, tag (16 bytes). The magic is authenticated too. */
const MAGIC = Buffer.from('SBF1')
const NONCE = 12
const TAG = 16

/**
 * Enciphers a file into another, in pieces, and answers with the sha256 of what it read. The copy appears whole or not at all.
 *
 * @throws SimpleBitsError FILE_UNREADABLE, WRITE_FAILED
 */
export async function encipherFile(from: string, to: string, key: Uint8Array): Promise<string> {
  const part = `${to}.part`
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(MAGIC)
  const hash = createHash('sha256')
  try {
    const target = await open(part, 'w', 0o600)
    try {
      // writeFile, unlike write, goes on until all is written.
      await target.writeFile(Buffer.concat([MAGIC, nonce]))
      for await (const piece of piecesOf(from)) {
        hash.update(piece)
        await target.writeFile(cipher.update(piece))
      }
      await target.writeFile(Buffer.concat([cipher.final(), cipher.getAuthTag()]))
      await target.sync()
    } finally {
      await target.close()
    }
    await rename(part, to)
    return hash.digest('hex')
  } catch (cause) {
    await rm(part, { force: true }).catch(() => undefined)
    if (cause instanceof SimpleBitsError) throw cause
    throw new SimpleBitsError(
      'WRITE_FAILED',
      'The film could not be copied into the store. Check that the disk has room and may be written to.',
      { cause },
    )
  }
}

async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }))
      if (Buffer.isBuffer(piece)) yield piece
  } catch (cause) {
    throw new SimpleBitsError('FILE_UNREADABLE', 'The film’s file can no longer be read. Import it again.', { cause })
  }
}

/** The bytes of an enciphered file. @throws SimpleBitsError FILE_UNREADABLE where even one bit is not as it was written */
export function decipher(bytes: Uint8Array, key: Uint8Array): Buffer {
  try {
    const from = MAGIC.length + NONCE
    if (!MAGIC.equals(bytes.subarray(0, MAGIC.length))) throw new Error('no such file format')
    const open = createDecipheriv('aes-256-gcm', key, bytes.subarray(MAGIC.length, from)).setAAD(MAGIC)
    open.setAuthTag(bytes.subarray(-TAG))
    return Buffer.concat([open.update(bytes.subarray(from, -TAG)), open.final()])
  } catch (cause) {
    throw new SimpleBitsError('FILE_UNREADABLE', 'The store’s copy of this film is damaged. Import the film again.', {
      cause,
    })
  }
}
