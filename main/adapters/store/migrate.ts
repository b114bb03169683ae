import { z } from 'zod'
import { SimpleBitsError } from '../../../contract'
import type { Database } from './database'
import { MIGRATIONS, type Migration } from './migrations'

const TABLE = `CREATE TABLE IF NOT EXISTS schema_migrations (
  number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL
) STRICT`
const appliedRow = z.object({ number: z.number() })

/**
 * Brings the store to the newest version, each step whole or not at all.
 *
 * @throws SimpleBitsError FILE_UNREADABLE where a newer program has written the store
 */
export function migrate(database: Database, steps: readonly Migration[] = MIGRATIONS): void {
  database.exec(TABLE)
  const applied = new Set(
    database.all('SELECT number FROM schema_migrations').map((row) => appliedRow.parse(row).number),
  )
  const newest = steps.at(-1)?.number ?? 0
  if (Math.max(0, ...applied) > Math.max(newest, MIGRATIONS.length))
    throw new SimpleBitsError(
      'FILE_UNREADABLE',
      'A newer version of this program has written the store. Start that version, or name another store.',
    )
  for (const { number, name, sql } of steps)
    if (!applied.has(number))
      database.transaction(() => {
        database.exec(sql)
        database.run('INSERT INTO schema_migrations VALUES (?, ?, ?)', [number, name, new Date().toISOString()])
      })
}
