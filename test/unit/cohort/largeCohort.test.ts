import { describe, expect, it } from 'vitest'
import { BUNDLED_CLASSIFIER, caseSummary, NO_COHORT_FILTER, sha256, type CaseId } from '../../../contract'
import { cohortAuc, worklistFilms } from '../../../main/app/cohort'
import { FILMS_A_TURN } from '../../../main/app/cohort/cohortAuc'
import { cohortOverview, patientsOf, ratedFilms, type CohortFilm } from '../../../main/domain/cohort'
import { auc, aucInterval } from '../../../main/engine/metrics'
import { seededRng } from '../../../main/engine/rng'
import { cohortFilm } from '../../support/cohortFilms'
import { exampleCase } from '../../support/exampleCase'
import { turnsDuring } from '../../support/turns'

const classifier = { name: BUNDLED_CLASSIFIER, sha256: sha256.parse('a'.repeat(64)) }

/** Films of some patients each, some of nobody known; probabilities of two digits, so that many are tied. */
function manyFilms(count: number): CohortFilm[] {
  const rng = seededRng(41)
  return Array.from({ length: count }, (_, i) => {
    const positive = rng.uniform() < 0.3
    const score = 1 / (1 + Math.exp(-(rng.normal() + (positive ? 1 : -1))))
    return cohortFilm(i, {
      ...{ label: positive ? 'effusion' : 'no effusion', probability: Math.round(score * 100) / 100 },
      ...{ patient: rng.uniform() < 0.05 ? null : `patient-${rng.integer(count / 2)}` },
      view: rng.uniform() < 0.6 ? 'PA' : 'AP',
    })
  })
}

/** The interval as the engine counts it, in one go. */
function plainInterval(films: readonly CohortFilm[]) {
  const rated = ratedFilms(films)
  const scores = rated.map(({ probability }) => probability)
  const labels = rated.map(({ positive }) => positive)
  return aucInterval(scores, labels, { groups: patientsOf(rated), rng: seededRng(20220105), draws: 1000 })
}

describe('AUC of a large cohort', () => {
  it.each([40, 313, 900])('is that of the engine to the last bit: %i films', async (count) => {
    const films = manyFilms(count)
    const found = await cohortAuc(ratedFilms(films))
    expect(found).toEqual(plainInterval(films))
    expect(found.low).toBeLessThan(found.value)
  })

  it('is found in short turns, between which others are answered', async () => {
    const rated = ratedFilms(manyFilms(2000))
    const turns = await turnsDuring(() => cohortAuc(rated))
    // a thousand draws
    expect(turns).toBeGreaterThanOrEqual(Math.floor((1000 * rated.length) / (FILMS_A_TURN + rated.length)))
    expect(FILMS_A_TURN).toBeLessThanOrEqual(250_000)
  })

  it('is waited for before and between the groups of an overview', async () => {
    const films = manyFilms(200)
    const asked: number[] = []
    const overview = await cohortOverview(films, {
      ...{ filter: NO_COHORT_FILTER, classifier, threshold: 0.5 },
      auc: async (members) => {
        asked.push(members.length)
        const value = auc(
          members.map(({ probability }) => probability),
          members.map(({ positive }) => positive),
        )
        return { value, low: value, high: value }
      },
    })
    expect(asked).toEqual([...overview.groups.map((group) => group.films.length), 200])
    expect(overview.roc?.auc.value).toBe(plainInterval(films).value)
  })
})

describe('films of a large worklist', () => {
  const all = Array.from({ length: 320 }, (_, n) => exampleCase(n, { reportLabel: 'effusion' }))
  const summaryOf = (id: CaseId) =>
    caseSummary.parse({
      ...{ id, file: '/film.dcm', bundled: false, status: 'new', patientLine: '', title: 'film', thumbnail: null },
      ...{ sex: null, age: null, view: 'PA', studyDate: null, patientKey: null, reportLabel: null, probability: null },
      ...{ decision: null, misclassified: null, readBy: [], queues: [], audit: null, wrongness: null, alarm: null },
      ...{ error: null, warnings: [] },
    })
  const models = { classifier: { ...classifier, rule: classifier.sha256, threshold: 0.5 }, flow: classifier.sha256 }

  it('are gathered in turns, without those that are removed meanwhile, with the labels of the beginning', async () => {
    const there = new Map(all.map((stored) => [stored.id, stored]))
    const last = all.at(-1)
    setImmediate(() => last && there.delete(last.id))
    let films: CohortFilm[] = []
    const turns = await turnsDuring(async () => {
      films = await worklistFilms({
        stored: () => [...there.values()],
        has: (id) => there.has(id),
        summary: summaryOf,
        isConfirmed: () => true,
      })(models)
    })
    expect(turns).toBeGreaterThanOrEqual(9)
    expect(films).toHaveLength(319)
    expect(films.every(({ label }) => label === 'effusion')).toBe(true)
  })
})
