import { join } from 'node:path'
import Libsql from 'libsql'
import { SimpleBitsError } from '../../../contract'

/**
 * Holds a folder for this process alone until the answer is called. The lock is one that the operating system keeps (SQLite's,
 * on an empty file), so that it ends with the process, however that ends; a file with a process number would outlive a crash.
 *
 * @throws SimpleBitsError STORE_IN_USE, WRITE_FAILED
 */
export function lockFolder(folder: string): () => void {
  let connection: Libsql.Database | null = null
  try {
    connection = new Libsql(join(folder, 'store.lock'), { timeout: 200 })
    connection.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    connection?.close()
    const busy = cause instanceof Error && 'code' in cause && String(cause.code).startsWith('SQLITE_BUSY')
    throw busy
      ? new SimpleBitsError(
          'STORE_IN_USE',
          'This store is open in another window or command. Close that one first, or name another store.',
          { cause },
        )
      : new SimpleBitsError(
          'WRITE_FAILED',
          'The store’s folder cannot be written. Check that the disk has room and may be written to.',
          { cause },
        )
  }
  const held = connection
  return () => {
    held.exec('ROLLBACK')
    held.close()
  }
}
