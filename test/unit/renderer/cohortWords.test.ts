import { describe, expect, it } from 'vitest'
import { quartileWords, shareEstimateWords } from '../../../contract/shared'
import { cohortAuc } from '../../../main/app/cohort'
import { cohortOverview } from '../../../main/domain/cohort'
import { proportionOf } from '../../../main/domain/cohort/proportion'
import { groupRows } from '../../../main/domain/report/cohortTables'
import { withoutDecisionWords } from '../../../renderer/presentation/cohortLists'
import { aucWords, proportionWords } from '../../../renderer/presentation/cohortWords'
import { BUNDLED_CLASSIFIER, caseId, NO_COHORT_FILTER, sha256 } from '../../../contract'
import { cohortAtThreshold, ratedFilms } from '../../../main/domain/cohort'
import { cohortFilm } from '../../support/cohortFilms'

const words = (hits: number, total: number) => proportionWords(proportionOf(hits, total)).replaceAll('\u00a0', ' ')
const auc = (value: number, low: number, high: number) =>
  aucWords({ value, low, high, patients: 50 }).replaceAll('\u00a0', ' ')

describe('a rate and its interval', () => {
  it.each([
    [81, 100, '81 % (72 – 87 %)'],
    [2000, 2001, '> 99.9 % (99.7 – > 99.9 %)'],
    [1, 2001, '< 0.1 % (< 0.1 – 0.3 %)'],
    [995, 1000, '99.5 % (98.8 – 99.8 %)'],
    [10, 10, '100 % (72 – 100 %)'],
    [0, 2000, '0 % (0 – 0.2 %)'],
    [0, 20, '0 % (0 – 16 %)'],
    [0, 0, '–'],
  ])('%i of %i are “%s”: all in the same digits, none rounded onto an end', (hits, total, text) => {
    expect(words(hits, total)).toBe(text)
  })

  it('of an AUC likewise', () => {
    expect(auc(0.9123, 0.8701, 0.9444)).toBe('0.91 (0.87 – 0.94)')
    expect(auc(0.9962, 0.9911, 0.9989)).toBe('0.996 (0.991 – 0.999)')
    expect(auc(0.9962, 0.9911, 0.99991)).toBe('0.996 (0.991 – > 0.999)')
    expect(auc(0.98, 0.95, 1)).toBe('0.98 (0.95 – 1.00)')
    expect(auc(0.5, 0.0012, 0.6)).toBe('0.500 (0.001 – 0.600)')
  })

  it('of quartiles likewise, and no minus of nothing', () => {
    const of = (lower: number, median: number, upper: number) =>
      quartileWords({ lower, median, upper }, 9).replaceAll('\u00a0', ' ')
    expect(of(0.28, 0.32, 0.41)).toBe('32 % (28 – 41 %)')
    expect(of(-0.002, 0.02, 0.05)).toBe('2 % (0 – 5 %)')
    expect(of(0.002, 0.02, 0.05)).toBe('2.0 % (0.2 – 5.0 %)')
    expect(shareEstimateWords({ value: 0.5, low: 0.4, high: 0.6 }).interval).toBe('40 – 60\u00a0%')
  })
})

describe('an AUC without an interval', () => {
  const films = Array.from({ length: 12 }, (_, i) =>
    cohortFilm(i, {
      ...{ label: i % 2 === 0 ? ('effusion' as const) : ('no effusion' as const), probability: ((i * 7) % 12) / 12 },
      ...{ view: 'PA', patient: 'one and the same' },
    }),
  )
  const classifier = { name: BUNDLED_CLASSIFIER, sha256: sha256.parse('a'.repeat(64)) }
  const overviewOf = (worklist: typeof films) =>
    cohortOverview(worklist, { filter: NO_COHORT_FILTER, classifier, threshold: 0.5, auc: cohortAuc })

  it('says that all films are of one patient, in window and report', async () => {
    const overview = await overviewOf(films)
    expect(overview.roc?.auc.value).toBeLessThan(1)
    expect(aucWords(overview.roc?.auc ?? null)).toContain('(no interval: one patient)')
    const [, pa] = groupRows(overview, cohortAtThreshold(ratedFilms(films), 0.5))
    expect(pa?.at(-1)).toContain('(no interval: one patient)')
  })

  it('says that the classifier errs too rarely, or that there are too few patients', async () => {
    const apart = films.map((film, i) => ({ ...film, patient: `patient-${i}`, probability: i % 2 === 0 ? 0.9 : 0.1 }))
    expect(aucWords((await overviewOf(apart)).roc?.auc ?? null)).toBe('1.00 (no interval: too few errors)')
    const two = films.map((film) => ({ ...film, patient: film.label }))
    expect(aucWords((await overviewOf(two)).roc?.auc ?? null)).toContain('(no interval: too few patients)')
  })
})

describe('films that are not counted', () => {
  it('are called what they are: to be confirmed, or not decided yet', () => {
    const ids = ['one', 'two', 'three'].map((id) => caseId.parse(id))
    const decided = (...names: string[]) => withoutDecisionWords(ids, (id) => names.includes(id))
    expect(decided('one', 'two', 'three')).toBe('3 to be confirmed as chest radiographs')
    expect(decided()).toBe('3 without decision')
    expect(decided('two')).toBe('1 to be confirmed as chest radiographs, 2 without decision')
  })
})
