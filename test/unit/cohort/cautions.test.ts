import { describe, expect, it } from 'vitest'
import { BUNDLED_CLASSIFIER, NO_COHORT_FILTER, sha256, type CohortFilter } from '../../../contract'
import { cohortAuc } from '../../../main/app/cohort'
import { cohortAtThreshold, cohortOverview, ratedFilms, type CohortFilm } from '../../../main/domain/cohort'
import { rateRows } from '../../../main/domain/report/cohortTables'
import { rateCells } from '../../../renderer/presentation/cohortWords'
import { cohortAudit, cohortFilm } from '../../support/cohortFilms'

const classifier = { name: BUNDLED_CLASSIFIER, sha256: sha256.parse('a'.repeat(64)) }
const overviewOf = (films: readonly CohortFilm[], filter: Partial<CohortFilter> = {}) =>
  cohortOverview(films, { filter: { ...NO_COHORT_FILTER, ...filter }, classifier, threshold: 0.5, auc: cohortAuc })
const said = async (...of: Parameters<typeof overviewOf>) => (await overviewOf(...of)).cautions.join('\n')

const read = Array.from({ length: 6 }, (_, i) =>
  cohortFilm(i, {
    ...{ label: i % 2 === 0 ? ('effusion' as const) : ('no effusion' as const), probability: 0.8 },
    ...{ queues: ['done', 'unaudited'], readers: ['Anna'], view: 'PA' },
  }),
)

describe('films that were chosen by a queue or a reader', () => {
  it.each([
    [{ queue: 'done' }, 'chosen by the queue'],
    [{ queue: 'unaudited' }, 'chosen by the queue'],
    [{ reader: 'Anna' }, 'chosen by the reader'],
    [{ queue: 'done', reader: 'Anna' }, 'chosen by the queue and the reader'],
  ])('%j: rates and bits may be far from the classifier’s own', async (filter, words) => {
    expect((await overviewOf(read, filter)).cautions[0]).toContain(words)
    expect((await overviewOf(read, filter)).cautions[0]).toContain('Rates and bits')
  })

  it('are not those of a view', async () => {
    expect(await said(read, { view: 'PA' })).not.toContain('chosen by')
  })

  it('are what bits are of, unless every film was audited', async () => {
    const withAudits = read.map((film, i) => (i < 2 ? { ...film, audit: cohortAudit() } : film))
    expect(await said(withAudits)).toContain('Bits are known of 2 of these 6 films.')
    expect(await said(read.map((film) => ({ ...film, audit: cohortAudit() })))).not.toContain('Bits are known of')
  })
})

describe('films of one label', () => {
  const one = (label: 'effusion' | 'no effusion') =>
    [0.2, 0.7, 0.9].map((probability, i) => cohortFilm(i, { label, probability }))

  it('have a rate that is missing, and two that say nothing', async () => {
    expect(await said(one('no effusion'))).toContain(
      'No film here is labelled “effusion”, so there is no ROC curve and no sensitivity. PPV and NPV are then fixed',
    )
    expect(await said(one('effusion'))).toContain(
      'No film here is labelled “no effusion”, so there is no ROC curve and no specificity. PPV and NPV are then fixed',
    )
  })

  it.each(['effusion', 'no effusion'] as const)('show no PPV and NPV where all are “%s”', async (label) => {
    const films = one(label)
    const at = cohortAtThreshold(ratedFilms(films), 0.5)
    expect(at.rates.ppv).toMatchObject({ total: 2, estimate: null })
    expect(at.rates.npv).toMatchObject({ total: 1, estimate: null })
    expect(at.rates.accuracy.estimate).not.toBeNull()
    expect(rateCells(at.rates.ppv)).toEqual({ value: '–', interval: 'fixed: one label only' })
    const rows = rateRows(await overviewOf(films), at)
    expect(rows.find(([name]) => name?.startsWith('NPV'))?.slice(2)).toEqual(['–', 'fixed: one label only'])
    const missing = label === 'effusion' ? at.rates.specificity : at.rates.sensitivity
    expect(rateCells(missing)).toEqual({ value: '–', interval: 'nothing to count' })
  })
})
