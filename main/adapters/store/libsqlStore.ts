import { createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { patientKey, sha256, SimpleBitsError, zones, type CaseId } from '../../../contract'
import { ID_DIGITS } from '../../domain/caseIdentity'
import type { CaseStore, ExportedReport, Logger, UnreadPart } from '../../ports'
import { makeFolder } from '../files'
import { changeRecord, readAudit, readAuditRecord, sweepAudits, writeAudit } from './auditRows'
import { readBundledSeen, writeBundledSeen } from './bundledSeen'
import { readExplanation, writeExplanation } from './explanationRows'
import { openDatabase, type Database } from './database'
import { FilmCopies } from './filmCopies'
import { FilmRemoval } from './filmRemoval'
import { readFilms, writeFilm } from './filmRows'
import { readFindings, writeFinding } from './findingRows'
import { readDocument, writeDocument } from './documents'
import { marksDocument, toMarksDocument } from './marksDocument'
import { lockFolder } from './lockFolder'
import { migrate } from './migrate'
import { readSettings, writeSettings } from './settingsRow'

const DATABASE = 'store.db'

const textRow = z.object({ text: z.string() })
const reportRow = z
  .object({ path: z.string(), written_at: z.string(), sha256 })
  .transform(({ path, written_at: writtenAt, sha256: hash }) => ({ path, writtenAt, sha256: hash }))
const copyRow = z.object({ copy: z.string() })

/** Beside what the product asks for: notes come in with the cases of the first versions, and written reports can be read back. */
export interface LibsqlStore extends CaseStore {
  saveNotes(id: CaseId, notes: string): Promise<void>
  /** Reports of the case that were written, in their order. */
  reports(id: CaseId): Promise<ExportedReport[]>
}

/**
 * The store as one encrypted database in a folder. Every write is one transaction, or many and one that makes them count.
 *
 * @throws SimpleBitsError STORE_IN_USE, STORE_LOCKED, WRITE_FAILED
 */
export async function openLibsqlStore(
  folder: string,
  { key, log }: { readonly key: Buffer; readonly log: Logger },
): Promise<LibsqlStore> {
  await makeFolder(folder)
  const unlock = lockFolder(folder)
  let database: Database | null = null
  try {
    const copies = new FilmCopies(folder, key)
    await refuseCopiesAlone(folder, copies)
    database = openDatabase(join(folder, DATABASE), key)
    migrate(database)
    sweepAudits(database)
    await copies.sweep(new Set(copiesIn(database)))
    return storeOn(database, { copies, key, log, unlock })
  } catch (error) {
    database?.close()
    unlock()
    throw error
  }
}

/** A new database beside them would take them for left-overs. */
async function refuseCopiesAlone(folder: string, copies: FilmCopies): Promise<void> {
  if (existsSync(join(folder, DATABASE)) || !(await copies.any())) return
  throw new SimpleBitsError(
    'FILE_NOT_FOUND',
    `The store's database (${DATABASE}) is missing, though its film copies are there. Put it back from your backup, or move the folder films away.`,
  )
}

interface Parts {
  readonly copies: FilmCopies
  readonly key: Buffer
  readonly log: Logger
  readonly unlock: () => void
}

function storeOn(database: Database, { copies, key, log, unlock }: Parts): LibsqlStore {
  const pseudonymKey = createHmac('sha256', key).update('patient pseudonyms').digest()
  const removal = new FilmRemoval(database)
  const known = (id: CaseId) => database.one('SELECT 1 FROM films WHERE id = ?', [id]) !== undefined
  const zonesOf = (film: CaseId) => ({ film, kind: 'zones', schema: zones })
  const marksOf = (film: CaseId) => ({ film, kind: 'marks', schema: marksDocument })
  const saidOf = (parts: Partial<Readonly<Record<UnreadPart, boolean>>>): UnreadPart[] => {
    const unread = (Object.keys(parts) as UnreadPart[]).filter((part) => parts[part])
    if (unread.length > 0) log.warn({ unread }, 'what the store holds of a film cannot be understood in part')
    return unread
  }

  return {
    listCases: async (leaveOut = () => undefined) =>
      readFilms(database, (film, problem) => {
        log.warn({ problem }, 'a film of the store cannot be understood and is left out')
        leaveOut(film)
      }),
    async overview(id) {
      const { record, unread: audit } = readAuditRecord(database, id)
      const { findings, unread: someFindings } = readFindings(database, id)
      return { record, findings, unread: saidOf({ audit, findings: someFindings }) }
    },
    unreadDocuments: async (id) =>
      saidOf({
        zones: readDocument(database, zonesOf(id)).unread,
        marks: readDocument(database, marksOf(id)).unread,
      }),
    saveCases: async (all) => database.transaction(() => all.forEach((stored) => writeFilm(database, stored))),
    async removeCase(id) {
      const names = copiesIn(database, 'AND id = ?', [id])
      await removal.remove(id)
      // One that cannot be removed now is swept at the next opening.
      await Promise.allSettled(names.map((name) => copies.remove(name)))
    },
    async notes(id) {
      const row = database.one('SELECT text FROM notes WHERE film = ?', [id])
      return row === undefined ? '' : textRow.parse(row).text
    },
    async saveNotes(id, notes) {
      database.run('INSERT OR REPLACE INTO notes VALUES (?, ?)', [id, notes])
    },
    findings: async (id) => readFindings(database, id).findings,
    saveFinding: async (id, finding) => writeFinding(database, id, finding),
    auditRecord: async (id) => readAuditRecord(database, id).record,
    audit: async (id) => readAudit(database, id),
    async saveAudit(id, audit) {
      if (known(id)) await writeAudit(database, id, audit)
    },
    changeRecord: async (id, record) => changeRecord(database, id, record),
    explanation: async (id, about) => readExplanation(database, id, about),
    async saveExplanation(film, about, found) {
      if (known(film)) writeExplanation(database, { film, about }, found)
    },
    reports: async (id) =>
      database
        .all('SELECT path, written_at, sha256 FROM reports WHERE film = ? ORDER BY id', [id])
        .map((row) => reportRow.parse(row)),
    async saveReport(id, { path, writtenAt, sha256: hash }) {
      database.run('INSERT INTO reports VALUES (NULL, ?, ?, ?, ?)', [id, path, writtenAt, hash])
    },
    zones: async (id) => readDocument(database, zonesOf(id)).document,
    saveZones: async (id, document) => writeDocument(database, zonesOf(id), document),
    marks: async (id) => readDocument(database, marksOf(id)).document,
    saveMarks: async (id, marks) => writeDocument(database, marksOf(id), toMarksDocument(marks)),
    settings: async () => readSettings(database),
    saveSettings: async (settings) => writeSettings(database, settings),
    bundledSeen: async () => readBundledSeen(database),
    saveBundledSeen: async (films) => writeBundledSeen(database, films),
    patientKey(patientId, issuer) {
      const standsFor = (text: string) => createHmac('sha256', pseudonymKey).update(text).digest('hex')
      const id = standsFor(patientId)
      if (issuer === null) return patientKey.parse(id)
      return patientKey.parse(id.slice(0, ID_DIGITS) + standsFor(`${issuer}\0${patientId}`).slice(ID_DIGITS))
    },
    copyFilm: (file, hash) => copies.add(file, hash),
    isCopySound: (copy) => copies.isSound(copy),
    placeOf: ({ file, copy }) => (copy === null ? { path: file, key: null } : copies.place(copy)),
    async close() {
      await removal.idle()
      database.close()
      unlock()
    },
  }
}

function copiesIn(database: Database, where = '', values: readonly string[] = []): string[] {
  const rows = database.all(`SELECT copy FROM films WHERE copy IS NOT NULL ${where}`, values)
  return rows.map((row) => copyRow.parse(row).copy)
}
