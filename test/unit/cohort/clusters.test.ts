import { describe, expect, it } from 'vitest'
import { BUNDLED_CLASSIFIER, NO_COHORT_FILTER, sha256 } from '../../../contract'
import { cohortAuc } from '../../../main/app/cohort'
import { cohortAtThreshold, cohortOverview, ratedFilms, type CohortFilm } from '../../../main/domain/cohort'
import { effectiveFilms } from '../../../main/domain/cohort/effectiveFilms'
import { proportionOf, proportionWhere } from '../../../main/domain/cohort/proportion'
import { seededRng } from '../../../main/engine/rng'
import { cohortAudit, cohortFilm } from '../../support/cohortFilms'

const classifier = { name: BUNDLED_CLASSIFIER, sha256: sha256.parse('a'.repeat(64)) }
const options = { filter: NO_COHORT_FILTER, classifier, threshold: 0.5, auc: cohortAuc }

/** 100 effusions of 10 patients: of 8 patients all are called, of 2 all are missed. */
const EXAMPLE = Array.from({ length: 100 }, (_, i) =>
  cohortFilm(i, {
    ...{ label: 'effusion' as const, patient: `patient-${i % 10}`, probability: i % 10 < 8 ? 0.9 : 0.1 },
    ...{ view: 'AP', audit: cohortAudit({ decisionKept: i % 10 < 8 }) },
  }),
)
const atHalf = (films: readonly CohortFilm[]) => cohortAtThreshold(ratedFilms(films), 0.5)
const apart = (films: readonly CohortFilm[]) => films.map((film) => ({ ...film, patient: null }))

describe('intervals of rates over films of the same patients', () => {
  it('are those of the patients where all films of a patient go the same way', () => {
    const { sensitivity } = atHalf(EXAMPLE).rates
    expect(sensitivity).toMatchObject({ hits: 80, total: 100 })
    expect(sensitivity.estimate?.low).toBeCloseTo(0.4902, 4)
    expect(sensitivity.estimate?.high).toBeCloseTo(0.9433, 4)
    // Films that belong to nobody known count one by one.
    expect(atHalf(apart(EXAMPLE)).rates.sensitivity.estimate?.low).toBeCloseTo(0.7112, 4)
    expect(atHalf(apart(EXAMPLE)).rates.sensitivity.estimate?.high).toBeCloseTo(0.8666, 4)
  })

  it('are so in every rate, group, bar and share of the page', async () => {
    const overview = await cohortOverview(EXAMPLE, options)
    const at = atHalf(EXAMPLE)
    const patients = proportionOf(8, 10).estimate
    const shares = [at.rates.accuracy, at.groups[0]?.sensitivity, overview.bits[0]?.decisionKept]
    for (const of of shares) {
      expect(of).toMatchObject({ hits: 80, total: 100 })
      expect(of?.estimate?.low).toBeCloseTo(patients?.low ?? NaN, 12)
      expect(of?.estimate?.high).toBeCloseTo(patients?.high ?? NaN, 12)
    }
    // All effusions: ten patients, eight of them in the bar from 0.9.
    expect(overview.effusion.estimate?.low).toBe(proportionOf(10, 10).estimate?.low)
    expect(overview.groups[0]?.effusion.estimate?.low).toBe(proportionOf(10, 10).estimate?.low)
    expect(overview.calibration?.bins[9]?.observed.estimate?.low).toBe(proportionOf(8, 8).estimate?.low)
  })

  it('are exactly those of films where every patient has one', () => {
    const rng = seededRng(11)
    const films = Array.from({ length: 60 }, (_, i) => cohortFilm(i, { probability: rng.uniform() }))
    const called = ({ probability }: CohortFilm) => (probability ?? 0) > 0.3
    expect(proportionWhere(films, called)).toEqual(proportionOf(films.filter(called).length, 60))
  })

  it('are never narrower than those of films, and of one patient know only one', () => {
    const seen = (...patients: readonly (readonly [string, number, number])[]) =>
      patients.flatMap(([patient, hits, films]) =>
        Array.from({ length: films }, (_, i) => ({ patient, hit: i < hits })),
      )
    // More alike across patients than chance would have it.
    expect(effectiveFilms(seen(['a', 1, 2], ['b', 1, 2], ['c', 1, 2]))).toBe(6)
    expect(effectiveFilms(seen(['a', 3, 5]))).toBe(1)
    expect(effectiveFilms(seen(['a', 5, 5], ['b', 2, 2]))).toBe(2)
    // By hand: p = 0.5, without one patient after the other 3/7, 4/7, 3/6: (2/3)² · 2 · (1/14)² over 0.25/10 is below 1.
    expect(effectiveFilms(seen(['a', 2, 3], ['b', 1, 3], ['c', 2, 4]))).toBe(10)
    // p = 0.5, without one patient 1/3 or 2/3: (3/4)² · 4 · (1/6)² = 1/16, over 0.25/8: worth half as many.
    expect(effectiveFilms(seen(['a', 2, 2], ['b', 2, 2], ['c', 0, 2], ['d', 0, 2]))).toBeCloseTo(4, 12)
  })

  it('are not those of one patient’s many films where other patients go another way', () => {
    const others = [true, true, true, false, false, false, false, false, false]
    const beside = (hits: number, films: number) => [
      ...Array.from({ length: films }, (_, i) => ({ patient: 'often', hit: i < hits })),
      ...others.map((hit, i) => ({ patient: `once ${i}`, hit })),
    ]
    // p = 48/59; without the first 3/9, without one of the others 47/58 or 48/58: D = 0.9² · 0.2318 / (p(1 − p)/59) = 73.
    expect(effectiveFilms(beside(45, 50))).toBe(1)
    // p = 16/29; 3/9, 15/28, 16/28: D = 0.9² · 0.0508 / (p(1 − p)/29) = 4.824.
    expect(effectiveFilms(beside(13, 20))).toBeCloseTo(29 / 4.8241, 3)
  })

  it('hold the true rate about as often as they say, though one patient has most of the films', () => {
    const rng = seededRng(5)
    const holds = Array.from({ length: 400 }, () => {
      // A patient is called or missed always, or half of the time; three in eight each, and one in four.
      const films = Array.from({ length: 20 }, (_, patient) => {
        const called = [0, 0, 0, 1, 1, 1, 0.5, 0.5][rng.integer(8)] ?? 0
        return Array.from({ length: patient === 0 ? 30 : 1 }, () => rng.uniform() < called).map((hit) => ({
          ...{ id: cohortFilm(0).id, patient: `patient-${patient}`, hit },
        }))
      }).flat()
      const { estimate } = proportionWhere(films, ({ hit }) => hit)
      return estimate !== null && estimate.low <= 0.5 && estimate.high >= 0.5
    })
    // Of intervals that take the patient of many films for a witness against himself 62 % do.
    expect(holds.filter(Boolean).length / 400).toBeGreaterThan(0.9)
  })

  it('come with a word where a class is of few patients', async () => {
    const others = Array.from({ length: 30 }, (_, i) => cohortFilm(200 + i, { label: 'no effusion', probability: 0.2 }))
    const said = (await cohortOverview([...EXAMPLE, ...others], options)).cautions.join('\n')
    expect(said).toContain('The 100 films labelled “effusion” are of only 10 patients')
    expect(said).not.toContain('films labelled “no effusion” are of')
  })
})

describe('the interval of an AUC', () => {
  const apart = (positives: number, negatives: number) => [
    ...Array.from({ length: positives }, (_, i) => cohortFilm(i, { label: 'effusion', probability: 0.7 - 0.04 * i })),
    ...Array.from({ length: negatives }, (_, i) =>
      cohortFilm(100 + i, { label: 'no effusion', probability: 0.02 * i + 0.01 }),
    ),
  ]
  const aucOf = (films: readonly CohortFilm[]) => cohortAuc(ratedFilms(films))

  it('needs five patients of each label: drawing a few again says nothing of those not seen', async () => {
    for (const films of [apart(1, 40), apart(4, 40), apart(5, 4)]) {
      const { value, low, high } = await aucOf(films)
      expect([low, high]).toEqual([value, value])
    }
    const { value, low, high } = await aucOf(apart(5, 40))
    expect(low).toBeLessThan(value)
    expect(high).toBeGreaterThan(value)
    // Five films of one patient are one.
    const ofOne = apart(5, 40).map((film) => ({ ...film, patient: film.label === 'effusion' ? 'one' : film.patient }))
    const { low: least, high: most } = await aucOf(ofOne)
    expect(least).toBe(most)
  })
})
