import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import { auditRecord, SimpleBitsError, type AuditRecord, type CaseId } from '../../../contract'
import type { StoredAudit } from '../../ports'
import type { Database } from './database'

const PIXELS = 128 * 128

/**
 * Writes an audit in short steps, a picture each, between which the process answers others; the last step makes it the case's
 * audit and takes the earlier one away. Killed before, the earlier one stays (`sweepAudits`).
 *
 * @throws SimpleBitsError WRITE_FAILED
 */
export async function writeAudit(database: Database, film: CaseId, audit: StoredAudit): Promise<void> {
  const { record, frames, originalMap, simplifiedMap, simplifiedPicture } = audit
  const { rowId } = database.run('INSERT INTO audits VALUES (NULL, ?, ?, ?, ?, ?, 0)', [
    ...[film, JSON.stringify(record), bytesOf(originalMap), bytesOf(simplifiedMap), simplifiedPicture],
  ])
  for (let frame = 0; frame < frames.count; frame++) {
    const [from, to] = [frame * PIXELS, (frame + 1) * PIXELS]
    const values = [rowId, frame, frames.pictures.subarray(from, to), bytesOf(frames.maps.subarray(from, to))]
    database.run('INSERT INTO audit_frames VALUES (?, ?, ?, ?)', values)
    await nextTurn()
  }
  database.transaction(() => {
    database.run('DELETE FROM audits WHERE film = ? AND id <> ? AND id < ?', [film, rowId, rowId])
    database.run('UPDATE audits SET complete = 1 WHERE id = ?', [rowId])
  })
}

const recordRow = z.object({ record: z.string() })

export function readAuditRecord(database: Database, film: CaseId): AuditRecord | null {
  const row = database.one('SELECT record FROM audits WHERE film = ? AND complete = 1 ORDER BY id DESC LIMIT 1', [film])
  return row === undefined ? null : auditRecord.parse(JSON.parse(recordRow.parse(row).record))
}

const blob = z.instanceof(ArrayBuffer).transform((bytes) => new Uint8Array(bytes))
const auditRow = recordRow.extend({
  ...{ id: z.number(), original_map: blob, simplified_map: blob, simplified_picture: blob },
})
const frameRow = z.object({ picture: blob, map: blob })

export function readAudit(database: Database, film: CaseId): StoredAudit | null {
  const found = database.one('SELECT * FROM audits WHERE film = ? AND complete = 1 ORDER BY id DESC LIMIT 1', [film])
  if (found === undefined) return null
  const row = auditRow.parse(found)
  const rows = database.all('SELECT picture, map FROM audit_frames WHERE audit = ? ORDER BY frame', [row.id])
  const pictures = new Uint8Array(rows.length * PIXELS)
  const maps = new Float32Array(rows.length * PIXELS)
  for (const [frame, each] of rows.entries()) {
    const { picture, map } = frameRow.parse(each)
    pictures.set(whole(picture, PIXELS), frame * PIXELS)
    maps.set(floatsOf(map), frame * PIXELS)
  }
  return {
    record: auditRecord.parse(JSON.parse(row.record)),
    frames: { count: rows.length, pictures, maps },
    originalMap: floatsOf(row.original_map),
    simplifiedMap: floatsOf(row.simplified_map),
    simplifiedPicture: Uint8Array.from(whole(row.simplified_picture, PIXELS)),
  }
}

/** Audits that a killed process left half written. */
export function sweepAudits(database: Database): void {
  database.run('DELETE FROM audits WHERE complete = 0')
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

/** float32 [128 · 128]; the bytes of a blob need not stand where floats may. */
const floatsOf = (bytes: Uint8Array): Float32Array =>
  new Float32Array(Uint8Array.from(whole(bytes, PIXELS * Float32Array.BYTES_PER_ELEMENT)).buffer)

function whole(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length === length) return bytes
  throw new SimpleBitsError('FILE_UNREADABLE', 'The saved audit lacks some of its pictures. Audit the film again.')
}
