import type { FilmIdentity } from '../../contract'

/** "M · 58 y · PA · 2017-01-03": only what the file says. */
export function patientLine({ patientSex, patientAge, viewPosition, studyDate }: FilmIdentity): string {
  return [patientSex, patientAge, viewPosition, studyDate].filter((part) => part !== null && part !== '').join(' · ')
}

/** What a case is called in the worklist: the patient's name, else the id, else the file's name. */
export function caseTitle({ patientName, patientId }: FilmIdentity, fileName: string): string {
  return patientName || patientId || fileName
}
