import type { CaseSummary } from '../../contract'

type Dated = Pick<CaseSummary, 'id' | 'patientKey' | 'studyDate' | 'sex'>

/**
 * Earlier films of the same patient, the latest first; none where the file does not say who or when. A man's and a woman's
 * film are not one patient's, though their files give one ID.
 */
export function priorsOf<C extends Dated>(current: Dated | null, cases: readonly C[]): C[] {
  const { patientKey, studyDate, sex } = current ?? {}
  if (!patientKey || !studyDate) return []
  return cases
    .filter((one) => one.patientKey === patientKey && one.studyDate !== null && one.studyDate < studyDate)
    .filter((one) => !(sex === 'M' && one.sex === 'F') && !(sex === 'F' && one.sex === 'M'))
    .sort((a, b) => (b.studyDate ?? '').localeCompare(a.studyDate ?? ''))
}

const DAY = 86_400_000

/** "3 months before": from the earlier to the later date, both as "2017-01-03". */
export function intervalText(earlier: string, later: string): string {
  const days = Math.round((Date.parse(later) - Date.parse(earlier)) / DAY)
  const [count, unit] =
    days < 14
      ? [days, 'day']
      : days < 60
        ? [Math.round(days / 7), 'week']
        : days < 730
          ? [Math.round(days / 30.44), 'month']
          : [Math.round(days / 365.25), 'year']
  return `${count} ${unit}${count === 1 ? '' : 's'} before`
}
