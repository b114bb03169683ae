import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import { auditRecord, SimpleBitsError, type AuditFrames, type AuditRecord, type CaseId } from '../../../contract'
import type { StoredAudit } from '../../ports'
import type { Database } from './database'
import { jsonOf } from './jsonText'

const PIXELS = 128 * 128

/**
 * Writes an audit in short steps, a picture each, between which the process answers others; the last step makes it the case's
 * audit and takes the earlier one away, unless that one cannot be read. Killed before, the earlier one stays (`sweepAudits`).
 *
 * @throws SimpleBitsError WRITE_FAILED
 */
export async function writeAudit(database: Database, film: CaseId, audit: StoredAudit): Promise<void> {
  const { record, frames, originalMap, simplifiedMap, flatMap, simplifiedPicture, fineDetail } = audit
  const { rowId } = database.run('INSERT INTO audits VALUES (NULL, ?, ?, ?, ?, ?, 0, ?, ?)', [
    ...[film, JSON.stringify(record), bytesOf(originalMap), bytesOf(simplifiedMap), simplifiedPicture],
    ...[flatMap ? bytesOf(flatMap) : null, fineDetail ?? null],
  ])
  for (let frame = 0; frame < frames.count; frame++) {
    const [from, to] = [frame * PIXELS, (frame + 1) * PIXELS]
    const picture = frames.pictures.subarray(from, to)
    const map = bytesOf(frames.maps.subarray(from, to))
    const detail = frames.details?.subarray(from, to) ?? null
    database.run('INSERT INTO audit_frames VALUES (?, ?, ?, ?, ?)', [rowId, frame, picture, map, detail])
    await nextTurn()
  }
  database.transaction(() => {
    for (const { id } of readableAudits(database, film).audits)
      if (id < rowId) database.run('DELETE FROM audits WHERE id = ?', [id])
    database.run('UPDATE audits SET complete = 1 WHERE id = ?', [rowId])
  })
}

/** The record of the case's audit of the same date is this one from now on; nothing where another audit has taken its place. */
export function changeRecord(database: Database, film: CaseId, record: AuditRecord): void {
  const [newest] = readableAudits(database, film).audits
  if (newest?.record.createdAt !== record.createdAt) return
  database.run('UPDATE audits SET record = ? WHERE id = ?', [JSON.stringify(record), newest.id])
}

const recordRow = z.object({ id: z.number(), record: jsonOf(auditRecord) })

/** Finished writing, the newest first: that one is the case's audit. `unread`: whether there are others, which cannot be read. */
function readableAudits(database: Database, film: CaseId) {
  const rows = database.all('SELECT id, record FROM audits WHERE film = ? AND complete = 1 ORDER BY id DESC', [film])
  const audits = rows.flatMap((row) => recordRow.safeParse(row).data ?? [])
  return { audits, unread: audits.length < rows.length }
}

export function readAuditRecord(
  database: Database,
  film: CaseId,
): { readonly record: AuditRecord | null; readonly unread: boolean } {
  const { audits, unread } = readableAudits(database, film)
  return { record: audits[0]?.record ?? null, unread }
}

const blob = z.instanceof(ArrayBuffer).transform((bytes) => new Uint8Array(bytes))
const mapsRow = z.object({
  original_map: blob,
  simplified_map: blob,
  simplified_picture: blob,
  flat_map: blob.nullable(),
  fine_detail: blob.nullable(),
})
const frameRow = z.object({ picture: blob, map: blob, detail: blob.nullable() })

export function readAudit(database: Database, film: CaseId): StoredAudit | null {
  const [newest] = readableAudits(database, film).audits
  if (newest === undefined) return null
  const { id, record } = newest
  const row = mapsRow.parse(database.one('SELECT * FROM audits WHERE id = ?', [id]))
  const rows = database.all('SELECT picture, map, detail FROM audit_frames WHERE audit = ? ORDER BY frame', [id])
  return {
    record,
    frames: framesOf(rows),
    originalMap: floatsOf(row.original_map),
    simplifiedMap: floatsOf(row.simplified_map),
    ...(row.flat_map ? { flatMap: floatsOf(row.flat_map) } : {}),
    simplifiedPicture: Uint8Array.from(whole(row.simplified_picture, PIXELS)),
    ...(row.fine_detail ? { fineDetail: Uint8Array.from(whole(row.fine_detail, PIXELS)) } : {}),
  }
}

function framesOf(rows: readonly unknown[]): AuditFrames {
  const frames = rows.map((row) => frameRow.parse(row))
  const pictures = new Uint8Array(frames.length * PIXELS)
  const maps = new Float32Array(frames.length * PIXELS)
  const details = frames.some(({ detail }) => detail === null) ? null : new Uint8Array(frames.length * PIXELS)
  frames.forEach(({ picture, map, detail }, frame) => {
    pictures.set(whole(picture, PIXELS), frame * PIXELS)
    maps.set(floatsOf(map), frame * PIXELS)
    if (detail) details?.set(whole(detail, PIXELS), frame * PIXELS)
  })
  return { count: frames.length, pictures, maps, details }
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
