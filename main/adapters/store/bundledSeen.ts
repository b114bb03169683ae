import { z } from 'zod'
import { sha256, type Sha256 } from '../../../contract'
import type { Database } from './database'
import { jsonOf } from './jsonText'

const NAME = 'bundled films that came in'
const row = z.object({ value: jsonOf(z.array(sha256)) })

/** Which of the product's films have ever come in; a list that cannot be read is as good as none. */
export function readBundledSeen(database: Database): Sha256[] {
  return row.safeParse(database.one('SELECT value FROM settings WHERE name = ?', [NAME])).data?.value ?? []
}

export function writeBundledSeen(database: Database, films: readonly Sha256[]): void {
  database.run('INSERT OR REPLACE INTO settings VALUES (?, ?)', [NAME, JSON.stringify(films)])
}
