import { z } from 'zod'
import type { CaseId } from '../../../contract'
import type { Database } from './database'
import { jsonOf } from './jsonText'

const documentRow = z.object({ document: z.string() })

/** One JSON document of a kind that is kept of a film. */
interface DocumentKey<S extends z.ZodType> {
  readonly film: CaseId
  readonly kind: string
  readonly schema: S
}

/** Null where there is none; `unread`: where there is one that cannot be read. */
export function readDocument<S extends z.ZodType>(
  database: Database,
  { film, kind, schema }: DocumentKey<S>,
): { readonly document: z.infer<S> | null; readonly unread: boolean } {
  const row = database.one('SELECT document FROM documents WHERE film = ? AND kind = ?', [film, kind])
  if (row === undefined) return { document: null, unread: false }
  const { success, data } = jsonOf(schema).safeParse(documentRow.parse(row).document)
  return { document: success ? data : null, unread: !success }
}

/** Takes the place of the film's document of that kind; null takes it away. One that cannot be read is kept beside it. */
export function writeDocument<S extends z.ZodType>(database: Database, key: DocumentKey<S>, document: unknown): void {
  const { film, kind } = key
  database.transaction(() => {
    if (readDocument(database, key).unread)
      database.run('UPDATE OR REPLACE documents SET kind = ? WHERE film = ? AND kind = ?', [
        ...[`${kind}, not read`, film, kind],
      ])
    if (document === null) database.run('DELETE FROM documents WHERE film = ? AND kind = ?', [film, kind])
    else database.run('INSERT OR REPLACE INTO documents VALUES (?, ?, ?)', [film, kind, JSON.stringify(document)])
  })
}
