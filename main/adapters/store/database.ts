import Libsql from 'libsql'
import { SimpleBitsError } from '../../../contract'

export type SqlValue = string | number | Uint8Array | null

/** One encrypted database file, of which this process is the only user. */
export interface Database {
  exec(sql: string): void
  /** The number of rows changed, and the last one's number. */
  run(sql: string, values?: readonly SqlValue[]): { readonly changes: number; readonly rowId: number }
  /** The first row; undefined where there is none. */
  one(sql: string, values?: readonly SqlValue[]): unknown
  all(sql: string, values?: readonly SqlValue[]): unknown[]
  /** Whole or not at all, also where the process is killed in its middle. */
  transaction<T>(work: () => T): T
  close(): void
}

/**
 * Opens (or makes) the file with a 256-bit key: libsql's AES-256-CBC over every page, write-ahead log included. The folder
 * must be locked (`lockFolder`): one process at a time.
 *
 * @throws SimpleBitsError STORE_LOCKED where the key is another one, FILE_UNREADABLE where it is damaged, WRITE_FAILED
 */
export function openDatabase(path: string, key: Buffer): Database {
  try {
    const options = { timeout: 1000, encryptionCipher: 'aes256cbc', encryptionKey: key.toString('hex') }
    const connection = new Libsql(path, options)
    // Temporary tables and sort files would be written in clear.
    connection.exec('PRAGMA temp_store = MEMORY')
    connection.pragma('journal_mode = WAL')
    connection.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON')
    return wrap(connection)
  } catch (cause) {
    throw asStoreError(cause)
  }
}

function wrap(connection: Libsql.Database): Database {
  const guarded = <T>(work: () => T): T => {
    try {
      return work()
    } catch (cause) {
      throw asStoreError(cause)
    }
  }
  // Preparing is most of the work where ten thousand films are saved together; nothing prepared outlives its transaction.
  let prepared: Map<string, Libsql.Statement> | null = null
  const statement = (sql: string): Libsql.Statement => {
    const found = prepared?.get(sql) ?? connection.prepare(sql)
    prepared?.set(sql, found)
    return found
  }
  const database: Database = {
    exec: (sql) => guarded(() => void connection.exec(sql)),
    run: (sql, values = []) =>
      guarded(() => {
        const { changes, lastInsertRowid } = statement(sql).run([...values])
        return { changes, rowId: Number(lastInsertRowid) }
      }),
    // Stepped to its end: a statement left in its middle would keep the write-ahead log from being emptied.
    one: (sql, values = []) => guarded(() => statement(sql).all([...values])[0]),
    all: (sql, values = []) => guarded(() => statement(sql).all([...values])),
    transaction: (work) =>
      guarded(() => {
        prepared = new Map()
        try {
          return inTransaction(connection, work)
        } finally {
          prepared = null
        }
      }),
    close: () => void connection.close(),
  }
  return database
}

/** Not libsql's own, which answers a failed COMMIT – the disk is full – with the failure of a ROLLBACK that is no longer due. */
function inTransaction<T>(connection: Libsql.Database, work: () => T): T {
  connection.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    connection.exec('COMMIT')
    return result
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK')
    throw error
  }
}

/** CANTOPEN: the write-ahead log cannot be made beside the database, on a medium that is write-protected or gone. */
const NOT_WRITTEN = ['SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_READONLY', 'SQLITE_CANTOPEN']

/** What SQLite says, as far as the user can do something about it; the rest is a failed write or read of the store. */
function asStoreError(cause: unknown): SimpleBitsError {
  if (cause instanceof SimpleBitsError) return cause
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (code.startsWith('SQLITE_NOTADB'))
    return new SimpleBitsError(
      'STORE_LOCKED',
      'The key does not open this store, or the store is damaged. Try again, or put the store back from your backup.',
      { cause },
    )
  if (code.startsWith('SQLITE_CORRUPT'))
    return new SimpleBitsError('FILE_UNREADABLE', 'The store is damaged. Put it back from your backup.', { cause })
  if (NOT_WRITTEN.some((known) => code.startsWith(known)))
    return new SimpleBitsError(
      'WRITE_FAILED',
      'The store could not be written. Check that the disk has room and may be written to.',
      { cause },
    )
  return new SimpleBitsError('INTERNAL', `The store failed: ${code || 'unknown fault'}. Start the program again.`, {
    cause,
  })
}
