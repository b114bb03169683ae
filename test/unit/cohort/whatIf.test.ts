import { describe, expect, it } from 'vitest'
import { BUNDLED_CLASSIFIER, NO_COHORT_FILTER, sha256 } from '../../../contract'
import { cohortAuc } from '../../../main/app/cohort'
import { cohortAtThreshold, cohortOverview, figuresCsv, filmsCsv, ratedFilms } from '../../../main/domain/cohort'
import { bitsRows } from '../../../main/domain/report/cohortTables'
import { bitsTitle } from '../../../renderer/presentation/bitsWords'
import { cohortAudit, cohortFilm } from '../../support/cohortFilms'

const OWN = 0.292
const TRIED = 0.6
const classifier = { name: BUNDLED_CLASSIFIER, sha256: sha256.parse('a'.repeat(64)) }
const origin = { classifier, createdAt: '2026-01-02T03:04:05.000Z' }
/** The classifier calls it; at the threshold that is tried nobody would. */
const films = [
  cohortFilm(0, { label: 'effusion', probability: 0.5, audit: cohortAudit() }),
  cohortFilm(1, { label: 'no effusion', probability: 0.1, audit: cohortAudit() }),
]
const overview = await cohortOverview(films, { filter: NO_COHORT_FILTER, classifier, threshold: OWN, auc: cohortAuc })
const at = (threshold: number) => cohortAtThreshold(ratedFilms(films), threshold)

/** Rows as objects by the heading. */
function table(csv: string): Record<string, string>[] {
  const [heading = [], ...rows] = csv
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','))
  return rows.map((row) => Object.fromEntries(heading.map((name, i) => [name, row[i] ?? ''])))
}

describe('at a threshold that is only tried', () => {
  it('the films say by which one they were called, and which is the classifier’s own', () => {
    const [first] = table(filmsCsv(ratedFilms(films), { tried: TRIED, own: OWN }, origin))
    expect(first).toMatchObject({ decision: 'no effusion', outcome: 'falseNegative' })
    expect(first).toMatchObject({ threshold: '0.6', classifier_threshold: '0.292' })
  })

  it('bits by decision are told with the threshold they were counted at', () => {
    const rows = table(figuresCsv(overview, at(TRIED), origin))
    const thresholds = (section: string) => [
      ...new Set(rows.filter((row) => row.section === section).map(({ threshold }) => threshold)),
    ]
    expect(thresholds('bits by decision')).toEqual(['0.292'])
    expect(thresholds('rates')).toEqual(['0.6'])
    expect(rows.every((row) => row.classifier_threshold === '0.292')).toBe(true)
  })

  it('their rows say whose decision it is, in report and window', () => {
    const names = (threshold: number) => bitsRows(overview, at(threshold)).map(([name]) => name)
    expect(names(OWN)).toContain('Decision: effusion (too few)')
    expect(names(TRIED)).toContain('Own decision (from 29.2 %): effusion (too few)')
    expect(names(TRIED)).toContain('Report: effusion (too few)')
    expect(bitsTitle('decision', { tried: null, own: OWN })).toBe('By decision')
    expect(bitsTitle('decision', { tried: TRIED, own: OWN })).toBe(
      "By the classifier's own decision (from 29.2\u00a0%)",
    )
    expect(bitsTitle('label', { tried: TRIED, own: OWN })).toBe('By report label')
  })
})
