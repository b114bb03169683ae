import { describe, expect, it } from 'vitest'
import {
  BUNDLED_CLASSIFIER,
  cohortAtThreshold as atThresholdSchema,
  cohortOverview as overviewSchema,
  NO_COHORT_FILTER,
  sha256,
} from '../../../contract'
import { cohortAuc } from '../../../main/app/cohort'
import { cohortAtThreshold, cohortOverview, ratedFilms } from '../../../main/domain/cohort'
import { quartilesOf } from '../../../main/domain/cohort/bitsByGroup'
import { expectedCalibrationError, reliabilityBins } from '../../../main/domain/cohort/reliability'
import { proportionOf } from '../../../main/domain/cohort/proportion'
import { rocPoints } from '../../../main/domain/cohort/roc'
import { seededRng } from '../../../main/engine/rng'
import { cohortAudit, cohortFilm, cohortFilms } from '../../support/cohortFilms'

/** By hand: at 0.5 two effusions found, one missed; one false alarm, two rightly left. */
const SIX = cohortFilms([
  [true, 0.9],
  [true, 0.7],
  [true, 0.2],
  [false, 0.6],
  [false, 0.3],
  [false, 0.1],
])
const classifier = { name: BUNDLED_CLASSIFIER, sha256: sha256.parse('a'.repeat(64)) }
const options = { filter: NO_COHORT_FILTER, classifier, threshold: 0.5, auc: cohortAuc }

describe('confusion matrix and rates', () => {
  it('equal a count by hand', () => {
    const at = cohortAtThreshold(ratedFilms(SIX), 0.5)
    expect(at.cells).toEqual({
      truePositive: ['film-0', 'film-1'],
      falseNegative: ['film-2'],
      falsePositive: ['film-3'],
      trueNegative: ['film-4', 'film-5'],
    })
    expect(at.rates.sensitivity).toMatchObject({ hits: 2, total: 3 })
    expect(at.rates.specificity).toMatchObject({ hits: 2, total: 3 })
    expect(at.rates.ppv).toMatchObject({ hits: 2, total: 3 })
    expect(at.rates.npv).toMatchObject({ hits: 2, total: 3 })
    expect(at.rates.accuracy).toMatchObject({ hits: 4, total: 6 })
    expect(atThresholdSchema.safeParse(at).success).toBe(true)
  })

  it('call effusion at the threshold itself, as the classifier does', () => {
    expect(cohortAtThreshold(ratedFilms(SIX), 0.6).cells.falsePositive).toEqual(['film-3'])
    expect(cohortAtThreshold(ratedFilms(SIX), 0.6001).cells.falsePositive).toEqual([])
  })

  it('have no value where there is nothing to count', () => {
    const { rates } = cohortAtThreshold(ratedFilms(cohortFilms([[true, 0.9]])), 0.95)
    expect(rates.specificity).toEqual({ hits: 0, total: 0, estimate: null })
    expect(rates.ppv.estimate).toBeNull()
    expect(rates.sensitivity.estimate?.value).toBe(0)
  })
})

describe("Wilson's interval", () => {
  it.each([
    // Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (score).
    [81, 263, [0.2553, 0.3662]],
    [15, 148, [0.0624, 0.1605]],
    [0, 20, [0, 0.1611]],
    [1, 29, [0.0061, 0.1718]],
  ] as const)('of %i of %i is %j', (hits, total, [low, high]) => {
    const { estimate } = proportionOf(hits, total)
    expect(estimate?.low).toBeCloseTo(low, 4)
    expect(estimate?.high).toBeCloseTo(high, 4)
  })
})

describe('ROC', () => {
  it('has a point a distinct probability, and the area under it is the AUC', async () => {
    const rng = seededRng(3)
    const films = ratedFilms(
      cohortFilms(
        Array.from({ length: 120 }, () => {
          const positive = rng.uniform() < 0.4
          return [positive, Math.round(20 * Math.min(1, rng.uniform() * (positive ? 1.3 : 0.9))) / 20] as const
        }),
      ),
    )
    const points = rocPoints(films)
    expect(points.length).toBe(new Set(films.map(({ probability }) => probability)).size + 1)
    expect(points.at(-1)).toMatchObject({ sensitivity: 1, falsePositiveRate: 1 })
    let area = 0
    points.forEach((point, i) => {
      const before = points[i - 1]
      if (!before) return
      area += ((point.falsePositiveRate - before.falsePositiveRate) * (point.sensitivity + before.sensitivity)) / 2
      const at = cohortAtThreshold(films, point.threshold)
      expect(at.rates.sensitivity.estimate?.value).toBeCloseTo(point.sensitivity, 12)
      expect(at.rates.specificity.estimate?.value).toBeCloseTo(1 - point.falsePositiveRate, 12)
    })
    expect((await cohortAuc(films)).value).toBeCloseTo(area, 12)
  })

  it('is not there with one class', () => {
    expect(rocPoints(ratedFilms(cohortFilms([[true, 0.5]])))).toEqual([])
  })
})

describe('interval of the AUC', () => {
  it('is the same for the same films', async () => {
    expect(await cohortAuc(ratedFilms(SIX))).toEqual(await cohortAuc(ratedFilms(SIX)))
  })

  it('is wider where the films belong to few patients', async () => {
    const rng = seededRng(7)
    const films = Array.from({ length: 200 }, (_, i) => {
      const positive = i % 2 === 0
      const shift = Math.floor(i / 20) % 2 === 0 ? 0.15 : -0.15
      const probability = Math.min(1, Math.max(0, 0.5 + (positive ? shift : -shift) + 0.2 * rng.normal()))
      return cohortFilm(i, { label: positive ? 'effusion' : 'no effusion', probability })
    })
    const clustered = films.map((film, i) => ({ ...film, patient: `patient-${Math.floor(i / 20)}` }))
    const width = ({ low, high }: { low: number; high: number }) => high - low
    const apart = await cohortAuc(ratedFilms(films))
    expect(width(await cohortAuc(ratedFilms(clustered)))).toBeGreaterThan(1.5 * width(apart))
  })
})

describe('calibration', () => {
  it('counts bins and the expected error as by hand', () => {
    // Bin 0.2–0.3: 0.20 and 0.28, one effusion of two: |0.5 − 0.24| = 0.26. Last bin: 1.0 and 0.92, both: |1 − 0.96| = 0.04.
    const films = ratedFilms(
      cohortFilms([
        [true, 0.2],
        [false, 0.28],
        [true, 1],
        [true, 0.92],
      ]),
    )
    const bins = reliabilityBins(films)
    expect(bins.map(({ films: members }) => members.length)).toEqual([0, 0, 2, 0, 0, 0, 0, 0, 0, 2])
    expect(bins[2]?.predicted).toBeCloseTo(0.24, 12)
    expect(expectedCalibrationError(bins)).toBeCloseTo(0.15, 12)
  })
})

describe('quartiles', () => {
  it("are R's", () => {
    expect(quartilesOf([4, 1, 3, 2])).toEqual({ lower: 1.75, median: 2.5, upper: 3.25 })
    expect(quartilesOf([5])).toEqual({ lower: 5, median: 5, upper: 5 })
    expect(quartilesOf([])).toBeNull()
  })
})

describe('overview', () => {
  const audit = (bitsLeft: number) => cohortAudit({ bitsLeft, aboveFlat: bitsLeft / 4 })
  const films = [
    cohortFilm(0, { label: 'effusion', probability: 0.9, view: 'AP', sex: 'M', age: 70, audit: audit(0.4) }),
    cohortFilm(1, { label: 'no effusion', probability: 0.7, view: 'PA', sex: 'F', age: 40, audit: audit(0.2) }),
    cohortFilm(2, { label: 'no effusion', probability: 0.1, view: 'PA', sex: 'M', age: 17.5 }),
    cohortFilm(3, { label: 'effusion', view: 'AP' }),
    cohortFilm(4, { probability: 0.4, view: 'PA' }),
  ]

  it('counts films with both words on them, and says which are left out', async () => {
    const overview = await cohortOverview(films, options)
    expect(overviewSchema.safeParse(overview).error).toBeUndefined()
    expect(overview.used).toEqual(['film-0', 'film-1', 'film-2'])
    expect(overview.withoutDecision).toEqual(['film-3'])
    expect(overview.withoutLabel).toEqual(['film-4'])
    expect(overview.roc?.auc.value).toBe(1)
  })

  it('groups by view, sex and age, greys small groups, and has no AUC of one class', async () => {
    const { groups } = await cohortOverview(films, options)
    expect(groups.map(({ by, name, films: members }) => [by, name, members.length])).toEqual([
      ['view', 'AP', 1],
      ['view', 'PA', 2],
      ['sex', 'female', 1],
      ['sex', 'male', 2],
      ['age', 'under 18', 1],
      ['age', '40 to 59', 1],
      ['age', '60 to 79', 1],
    ])
    expect(groups.every(({ small }) => small)).toBe(true)
    expect(groups.every(({ auc }) => auc === null)).toBe(true)
    const twelve = Array.from({ length: 12 }, (_, i) =>
      cohortFilm(i, {
        ...{ probability: i / 12, view: i < 10 ? 'AP' : 'PA' },
        label: i % 2 ? 'effusion' : 'no effusion',
      }),
    )
    const [ap, pa] = (await cohortOverview(twelve, options)).groups
    expect(ap).toMatchObject({ name: 'AP', small: false, auc: { value: 0.6 } })
    expect(pa).toMatchObject({ name: 'PA', small: true, auc: null })
  })

  it('puts bits of audited films by decision, label and view', async () => {
    const { bits } = await cohortOverview(films, options)
    expect(bits.map(({ by, name, bitsLeft }) => [by, name, bitsLeft?.median])).toEqual([
      ['all', 'all audited films', expect.closeTo(0.3, 12)],
      ['decision', 'effusion', expect.closeTo(0.3, 12)],
      ['label', 'effusion', 0.4],
      ['label', 'no effusion', 0.2],
      ['view', 'AP', 0.4],
      ['view', 'PA', 0.2],
    ])
  })

  it('filters, and offers what there is with its counts', async () => {
    const overview = await cohortOverview(films, {
      ...options,
      filter: { ...NO_COHORT_FILTER, view: 'PA', sex: 'female' },
    })
    expect(overview.used).toEqual(['film-1'])
    expect(overview.choices.view).toEqual([
      { value: 'AP', films: 2 },
      { value: 'PA', films: 3 },
    ])
  })

  it('says nothing of an empty worklist', async () => {
    const overview = await cohortOverview([], options)
    expect(overview).toMatchObject({ used: [], roc: null, calibration: null, groups: [], bits: [], cautions: [] })
    expect(overviewSchema.safeParse(overview).success).toBe(true)
  })

  it('warns of few films, of one class, of unknown patients, of queues, and of views that go with the label', async () => {
    const said = async (worklist: typeof films, filter = NO_COHORT_FILTER) =>
      (await cohortOverview(worklist, { ...options, filter })).cautions.join('\n')
    expect(await said(films)).toContain('Only 1 film here is labelled “effusion” (2 “no effusion”)')
    const effusions = Array.from({ length: 30 }, (_, i) => cohortFilm(10 + i, { label: 'effusion', probability: 0.9 }))
    expect(await said([...films, ...effusions])).toContain(
      'Only 2 films here are labelled “no effusion” (31 “effusion”)',
    )
    expect(await said(films.slice(1, 3))).toContain('No film here is labelled “effusion”')
    expect(await said(films.map((film) => ({ ...film, patient: null })))).toContain('Of 3 films the file does not say')
    expect(await said([{ ...cohortFilm(9, { label: 'effusion', probability: 0.9 }), patient: null }])).toContain(
      'Of 1 film the',
    )
    const queued = films.map((film) => ({ ...film, queues: ['borderline'] }))
    expect(await said(queued, { ...NO_COHORT_FILTER, queue: 'borderline' })).toContain('chosen by what the')
    const others = films.map((film) => ({ ...film, audit: null, otherAudit: true }))
    expect(await said(others)).toContain('The audits of 3 films are left out of the bits')
    const views = Array.from({ length: 40 }, (_, i) =>
      cohortFilm(i, {
        ...{ view: i < 20 ? 'AP' : 'PA', probability: 0.5 },
        label: i < 20 ? (i < 15 ? 'effusion' : 'no effusion') : i < 25 ? 'effusion' : 'no effusion',
      }),
    )
    expect(await said(views)).toContain('75 % of the films of view “AP” are labelled effusion, and 25 % of view “PA”')
  })
})
