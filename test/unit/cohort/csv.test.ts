import { describe, expect, it } from 'vitest'
import { BUNDLED_CLASSIFIER, NO_COHORT_FILTER, RESEARCH_USE_ONLY, sha256 } from '../../../contract'
import { cohortAuc } from '../../../main/app/cohort'
import { cohortAtThreshold, cohortOverview, figuresCsv, filmsCsv, ratedFilms } from '../../../main/domain/cohort'
import { groupRows } from '../../../main/domain/report/cohortTables'
import { cohortFilm, cohortFilms } from '../../support/cohortFilms'

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
const origin = { classifier, createdAt: '2026-01-02T03:04:05.000Z' }
const ORIGIN = `effusion-128,${classifier.sha256},2026-01-02T03:04:05.000Z,${RESEARCH_USE_ONLY}`

const overview = await cohortOverview(SIX, { filter: NO_COHORT_FILTER, classifier, threshold: 0.5, auc: cohortAuc })
const at = cohortAtThreshold(ratedFilms(SIX), 0.5)

describe('CSV', () => {
  it('has a row a figure', () => {
    const lines = figuresCsv(overview, at, origin).trimEnd().split('\r\n')
    expect(lines[0]).toBe(
      'section,group,measure,value,low,high,hits,films,threshold,classifier_threshold,classifier,classifier_sha256,store_read_at,note',
    )
    const row = lines.find((line) => line.startsWith('rates,all,sensitivity'))?.split(',')
    expect(row?.slice(6).join(',')).toBe(`2,3,0.5,0.5,${ORIGIN}`)
    expect(Number(row?.[3])).toBeCloseTo(2 / 3, 12)
    expect(lines.every((line) => line.split(',').length === 14)).toBe(true)
  })

  it('has the rates of a group under its own name, as the report does, though the threshold was tried on fewer groups', async () => {
    const films = [...SIX.map((film) => ({ ...film, view: 'PA' })), cohortFilm(9, { view: 'AP', label: 'effusion' })]
    const decided = films.map((film) => ({ ...film, probability: film.probability ?? 0.9 }))
    const options = { filter: NO_COHORT_FILTER, classifier, threshold: 0.5, auc: cohortAuc }
    const tried = [await cohortOverview(decided, options), cohortAtThreshold(ratedFilms(films), 0.5)] as const
    const rows = (name: string) =>
      figuresCsv(...tried, origin)
        .split('\r\n')
        .filter((line) => line.startsWith(`view,${name},sensitivity`))
    expect(rows('PA').map((row) => row.split(',').slice(6, 8))).toEqual([['2', '3']])
    expect(rows('AP')).toEqual([])
    const [, ap, pa] = groupRows(...tried)
    expect([ap?.[0], ap?.[3]]).toEqual(['View: AP (too few)', '–'])
    expect([pa?.[0], pa?.[3]]).toEqual(['View: PA (too few)', expect.stringContaining('67 %')])
  })

  it('has a row a film, under its code, and nothing of what a file may write in the place of a term', () => {
    const film = cohortFilm(1, { label: 'effusion', probability: 0.2, view: '=cmd,"x"' })
    const [heading, line] = filmsCsv(ratedFilms([film]), { tried: 0.3, own: 0.5 }, origin).split('\r\n')
    expect(heading?.split(',')[4]).toBe('outcome')
    expect(line).toBe(
      'SB-1,effusion,0.2,no effusion,falseNegative,0.3,0.5,not stated,not stated,not stated,P001,,,,,,' + ORIGIN,
    )
    expect(line).not.toContain('film-1')
  })

  it('says which films are of one patient, by a number that is of this table alone', () => {
    const of = (number: number, patient: string | null) =>
      cohortFilm(number, { label: 'effusion', probability: 0.9, patient })
    const films = ratedFilms([of(1, 'key-a'), of(2, null), of(3, 'key-b'), of(4, 'key-a'), of(5, null)])
    const csv = filmsCsv(films, { tried: 0.5, own: 0.5 }, origin)
    const [heading = '', ...lines] = csv.trimEnd().split('\r\n')
    const column = heading.split(',').indexOf('patient')
    expect(lines.map((line) => line.split(',')[column])).toEqual(['P001', 'P002', 'P003', 'P001', 'P004'])
    expect(csv).not.toContain('key-')
  })
})
