import { z } from 'zod'
import { counterfactual, explanation, type CaseId } from '../../../contract'
import type { KnownExplanation } from '../../ports'
import { setArraysAside, takeArraysBack } from './arraysAside'
import type { Database } from './database'

const known = z.strictObject({ explanation, counterfactual }).partial()
const row = z.object({
  kind: z.enum(['explanation', 'counterfactual']),
  record: z.string(),
  arrays: z.instanceof(ArrayBuffer).transform((bytes) => new Uint8Array(bytes)),
})

/** What is known about `about`; a row that cannot be understood is as good as none, for it can be computed again. */
export function readExplanation(database: Database, film: CaseId, about: string): KnownExplanation {
  const found: KnownExplanation = { explanation: null, counterfactual: null }
  const rows = database.all('SELECT kind, record, arrays FROM explanations WHERE film = ? AND about = ?', [film, about])
  return rows.reduce<KnownExplanation>((all, each) => ({ ...all, ...understood(each) }), found)
}

function understood(each: unknown): z.infer<typeof known> {
  try {
    const { kind, record: json, arrays } = row.parse(each)
    return known.parse({ [kind]: takeArraysBack({ json, arrays }) })
  } catch {
    return {}
  }
}

/** Takes the place of what was kept of the same kind, whatever it was about. One row: whole or not at all. */
export function writeExplanation(
  database: Database,
  { film, about }: { readonly film: CaseId; readonly about: string },
  found: Partial<KnownExplanation>,
): void {
  for (const [kind, value] of Object.entries(found)) {
    const { json, arrays } = setArraysAside(value)
    database.run('INSERT OR REPLACE INTO explanations VALUES (?, ?, ?, ?, ?)', [film, kind, about, json, arrays])
  }
}
