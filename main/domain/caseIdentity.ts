import type { CaseIdentity, FilmIdentity, PatientKey } from '../../contract'

/** What groups and orders the films of one patient: only what the file says. `patientKey` stands for the patient's id. */
export function caseIdentity(identity: FilmIdentity, patientKey: CaseIdentity['patientKey']): CaseIdentity {
  const { studyUid, seriesUid, sopInstanceUid, studyDate, patientSex, viewPosition, modality } = identity
  const sex = patientSex === 'M' || patientSex === 'F' || patientSex === 'O' ? patientSex : null
  const age = ageInYears(identity.patientAge)
  return { patientKey, studyUid, seriesUid, sopInstanceUid, studyDate, sex, age, view: viewPosition, modality }
}

/** What anonymised files have in place of an ID, in capitals: it stands for nobody, however many films share it. */
const PLACEHOLDER = /^(ANON|ANONYMOUS|ANONYMI[SZ]ED|UNKNOWN|NONE|NULL|N\/?A|[0X?*_.-]+)$/

/** The ID by which films of one patient are known; null where the file names nobody. A name is no ID: two may share it. */
export function patientIdOf({ patientId }: FilmIdentity): string | null {
  return patientId === null || PLACEHOLDER.test(patientId.trim().toUpperCase()) ? null : patientId
}

/** Digits of a patient's key that stand for the ID, whoever gave it; the others for ID and issuer. */
export const ID_DIGITS = 32

/** What the keys of one ID have in common: tables of labels name no issuer. */
export const idPart = (key: PatientKey): string => key.slice(0, ID_DIGITS)

/** A film whose file says nothing of who and when, as a PNG does. */
export const UNKNOWN_IDENTITY: CaseIdentity = {
  patientKey: null,
  studyUid: null,
  seriesUid: null,
  sopInstanceUid: null,
  studyDate: null,
  sex: null,
  age: null,
  view: null,
  modality: null,
}

const DAYS_A_YEAR = 365.25
const UNITS_A_YEAR: Readonly<Record<string, number>> = { y: 1, mo: 12, wk: DAYS_A_YEAR / 7, d: DAYS_A_YEAR }

/** "58 y" → 58, "7 mo" → 0.58 (years, two decimals); null where the file gives no age. */
function ageInYears(text: string | null): number | null {
  const [, value, unit = ''] = /^(\d+) (\w+)$/.exec(text ?? '') ?? []
  const unitsAYear = UNITS_A_YEAR[unit]
  return value === undefined || unitsAYear === undefined ? null : Math.round((100 * Number(value)) / unitsAYear) / 100
}
