import { z } from 'zod'
import type { CaseId } from '../../../contract'
import type { Database } from './database'

const documentRow = z.object({ document: z.string() })

export interface DocumentKey {
  readonly film: CaseId
  readonly kind: string
}

/** One JSON document of a kind that is kept of a film; null where there is none. */
export function readDocument<S extends z.ZodType>(
  database: Database,
  { film, kind }: DocumentKey,
  schema: S,
): z.infer<S> | null {
  const row = database.one('SELECT document FROM documents WHERE film = ? AND kind = ?', [film, kind])
  return row === undefined ? null : schema.parse(JSON.parse(documentRow.parse(row).document))
}

/** Takes the place of the film's document of that kind; null takes it away. */
export function writeDocument(database: Database, { film, kind }: DocumentKey, document: unknown): void {
  if (document === null) database.run('DELETE FROM documents WHERE film = ? AND kind = ?', [film, kind])
  else database.run('INSERT OR REPLACE INTO documents VALUES (?, ?, ?)', [film, kind, JSON.stringify(document)])
}
