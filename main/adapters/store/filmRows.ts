import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import {
  caseId,
  caseIdentity,
  filmWarning,
  reportLabel,
  sha256,
  SimpleBitsError,
  wireError,
  type CaseId,
} from '../../../contract'
import type { LeftOutFilm, StoredCase } from '../../ports'
import type { Database, SqlValue } from './database'
import { jsonOf } from './jsonText'

const flag = z.number().transform((value) => value === 1)

const filmRow = z.object({
  id: caseId,
  sha256,
  file: z.string(),
  copy: z.string().nullable(),
  bundled: flag,
  added_at: z.string(),
  title: z.string(),
  patient_line: z.string(),
  thumbnail: z.string(),
  report_label: reportLabel.nullable(),
  warnings: jsonOf(z.array(filmWarning)),
  error: jsonOf(wireError).nullable(),
  patient_key: caseIdentity.shape.patientKey,
  study_uid: z.string().nullable(),
  study_date: z.string().nullable(),
  series_uid: z.string().nullable(),
  modality: z.string().nullable(),
  sop_instance_uid: z.string().nullable(),
  sex: caseIdentity.shape.sex,
  age: caseIdentity.shape.age,
  view: z.string().nullable(),
  model: sha256.nullable(),
  rule: sha256.nullable(),
  probability: z.number().nullable(),
  present: flag.nullable(),
})

const FILMS = `
  SELECT films.*, series.uid AS series_uid, series.modality, studies.uid AS study_uid, studies.date AS study_date,
    patients.key AS patient_key, decisions.model, decisions.rule,
    decisions.probability, decisions.present
  FROM films
    JOIN series ON series.id = films.series
    JOIN studies ON studies.id = series.study
    LEFT JOIN patients ON patients.id = studies.patient
    LEFT JOIN decisions ON decisions.id = (SELECT max(id) FROM decisions WHERE film = films.id)`
const leftOutRow = z.object({ id: z.string(), sha256: z.string() })

const nameRow = z.object({ id: z.string() })
/** Films that are read in one step, in which the process answers nobody. */
const A_STEP = 32

/**
 * All films in the order of adding, read in short steps; one that cannot be understood is given to `leaveOut`, with the reason for the
 * log.
 */
export async function readFilms(
  database: Database,
  leaveOut: (film: LeftOutFilm, problem: string) => void,
): Promise<StoredCase[]> {
  const ids = database.all('SELECT id FROM films ORDER BY added_at, id').map((row) => nameRow.parse(row).id)
  const films: StoredCase[] = []
  for (let from = 0; from < ids.length; from += A_STEP) {
    const step = ids.slice(from, from + A_STEP)
    const places = step.map(() => '?').join(', ')
    for (const row of database.all(`${FILMS} WHERE films.id IN (${places}) ORDER BY films.added_at, films.id`, step)) {
      const parsed = filmRow.safeParse(row)
      if (parsed.success) films.push(storedCaseOf(parsed.data))
      else leaveOut(leftOutRow.parse(row), problemOf(parsed.error))
    }
    await nextTurn()
  }
  return films
}

const problemOf = ({ issues }: z.ZodError): string =>
  issues.map(({ path, code }) => `${path.join('.')}: ${code}`).join('; ')

function storedCaseOf(row: z.infer<typeof filmRow>): StoredCase {
  const { model, rule, probability, present } = row
  return {
    id: row.id,
    file: row.file,
    copy: row.copy,
    sha256: row.sha256,
    bundled: row.bundled,
    addedAt: row.added_at,
    title: row.title,
    patientLine: row.patient_line,
    reportLabel: row.report_label,
    thumbnail: row.thumbnail,
    identity: {
      patientKey: row.patient_key,
      studyUid: row.study_uid,
      seriesUid: row.series_uid,
      sopInstanceUid: row.sop_instance_uid,
      studyDate: row.study_date,
      sex: row.sex,
      age: row.age,
      view: row.view,
      modality: row.modality,
    },
    decision: model === null || probability === null || present === null ? null : { probability, present, model, rule },
    warnings: row.warnings,
    error: row.error,
  }
}

const SAVE = `
  INSERT INTO films (id, series, sop_instance_uid, sha256, file, copy, bundled, added_at, title, patient_line, sex, age, view,
    report_label, thumbnail, warnings, error)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET series = excluded.series, sop_instance_uid = excluded.sop_instance_uid,
    file = excluded.file, copy = excluded.copy, bundled = excluded.bundled,
    added_at = excluded.added_at, title = excluded.title, patient_line = excluded.patient_line, sex = excluded.sex,
    age = excluded.age, view = excluded.view, report_label = excluded.report_label, thumbnail = excluded.thumbnail,
    warnings = excluded.warnings, error = excluded.error`
const DECIDE = `
  INSERT OR REPLACE INTO decisions (film, model, rule, probability, present) VALUES (?, ?, ?, ?, ?)`

/**
 * Writes a film with its patient, study, series and decision; to be called in a transaction.
 *
 * @throws SimpleBitsError FILE_UNREADABLE where the film's row is there and cannot be understood, BAD_REQUEST where another
 *   film has its id: neither is written over
 */
export function writeFilm(database: Database, stored: StoredCase): void {
  const { identity, decision } = stored
  const rows = database.all(`${FILMS} WHERE films.id = ? OR films.sha256 = ?`, [stored.id, stored.sha256])
  const there = rows.map((row) => filmRow.safeParse(row))
  if (there.some(({ success }) => !success))
    throw new SimpleBitsError('FILE_UNREADABLE', 'What the store holds of this film cannot be read. It stays as it is.')
  if (there.some(({ data }) => data?.id === stored.id && data.sha256 !== stored.sha256))
    throw new SimpleBitsError(
      'BAD_REQUEST',
      `The store holds another film as ${stored.id}. That one stays as it is; give this film’s file another name and import it again.`,
    )
  database.run(SAVE, [
    ...[stored.id, seriesOf(database, identity), identity.sopInstanceUid, stored.sha256, stored.file, stored.copy],
    ...[stored.bundled ? 1 : 0, stored.addedAt, stored.title, stored.patientLine, identity.sex, identity.age],
    ...[identity.view, stored.reportLabel, stored.thumbnail, JSON.stringify(stored.warnings)],
    stored.error && JSON.stringify(stored.error),
  ])
  if (decision) {
    const { model, rule, probability, present } = decision
    database.run(DECIDE, [stored.id, model, rule, probability, present ? 1 : 0])
  } else database.run('DELETE FROM decisions WHERE film = ?', [stored.id])
}

const parentsRow = z.object({ series: z.number(), study: z.number(), patient: z.number().nullable() })

/** Removes a film with its series, study and patient where it was their last one; to be called in a transaction. */
export function removeFilm(database: Database, id: CaseId): void {
  const row = database.one(
    `SELECT films.series, series.study, studies.patient FROM films
      JOIN series ON series.id = films.series JOIN studies ON studies.id = series.study WHERE films.id = ?`,
    [id],
  )
  if (row === undefined) return
  const { series, study, patient } = parentsRow.parse(row)
  database.run('DELETE FROM films WHERE id = ?', [id])
  database.run('DELETE FROM series WHERE id = ? AND id NOT IN (SELECT series FROM films WHERE series = ?)', [
    ...[series, series],
  ])
  database.run('DELETE FROM studies WHERE id = ? AND id NOT IN (SELECT study FROM series WHERE study = ?)', [
    ...[study, study],
  ])
  database.run('DELETE FROM patients WHERE id = ? AND id NOT IN (SELECT patient FROM studies WHERE patient = ?)', [
    ...[patient, patient],
  ])
}

function seriesOf(database: Database, identity: StoredCase['identity']): number {
  const { patientKey, studyUid, studyDate, seriesUid, modality } = identity
  const patient = patientKey && numberOf(database, { table: 'patients', columns: { key: patientKey } })
  const study = numberOf(database, { table: 'studies', columns: { patient, uid: studyUid, date: studyDate } })
  return numberOf(database, { table: 'series', columns: { study, uid: seriesUid, modality } })
}

const idRow = z.object({ id: z.number() })

/** When a row is the one, in the words of the unique indices of migration 1, so that they are searched and no table is read. */
const IS_THE_ONE = {
  patients: 'key = ?',
  studies: `coalesce(patient, 0) = coalesce(?, 0) AND coalesce(uid, '') = coalesce(?, '')
    AND coalesce(date, '') = coalesce(?, '')`,
  series: `study = ? AND coalesce(uid, '') = coalesce(?, '') AND coalesce(modality, '') = coalesce(?, '')`,
}

/** The number of the row with these columns, which is made where there is none. */
function numberOf(
  database: Database,
  { table, columns }: { table: keyof typeof IS_THE_ONE; columns: Readonly<Record<string, SqlValue>> },
): number {
  const names = Object.keys(columns)
  const values = Object.values(columns)
  const found = database.one(`SELECT id FROM ${table} WHERE ${IS_THE_ONE[table]}`, values)
  if (found !== undefined) return idRow.parse(found).id
  const places = names.map(() => '?').join(', ')
  return database.run(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`, values).rowId
}
