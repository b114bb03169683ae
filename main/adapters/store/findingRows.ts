import { z } from 'zod'
import { storedFinding, type CaseId, type StoredFinding } from '../../../contract'
import type { Database } from './database'
import { jsonOf } from './jsonText'

const findingRow = z.object({ finding: jsonOf(storedFinding) })
const numberRow = z.object({ number: z.number() })

interface KnownFindings {
  readonly findings: StoredFinding[]
  /** Whether there are others, which cannot be read. */
  readonly unread: boolean
}

export function readFindings(database: Database, film: CaseId): KnownFindings {
  const rows = database.all('SELECT finding FROM findings WHERE film = ? ORDER BY number', [film])
  const findings = rows.flatMap((row) => findingRow.safeParse(row).data?.finding ?? [])
  return { findings, unread: findings.length < rows.length }
}

/** Takes the place of the finding of its number, unless that one cannot be read: then it gets the next number. */
export function writeFinding(database: Database, film: CaseId, wanted: StoredFinding): StoredFinding {
  return database.transaction(() => {
    const finding = { ...wanted, number: freeNumber(database, film, wanted.number) }
    database.run('INSERT OR REPLACE INTO findings VALUES (?, ?, ?)', [film, finding.number, JSON.stringify(finding)])
    return finding
  })
}

function freeNumber(database: Database, film: CaseId, wanted: number): number {
  const there = database.one('SELECT finding FROM findings WHERE film = ? AND number = ?', [film, wanted])
  if (there === undefined || findingRow.safeParse(there).success) return wanted
  return numberRow.parse(database.one('SELECT max(number) + 1 AS number FROM findings WHERE film = ?', [film])).number
}
