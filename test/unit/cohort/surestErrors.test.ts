import { describe, expect, it } from 'vitest'
import { ratedFilms } from '../../../main/domain/cohort'
import { wrongFilmRows } from '../../../main/domain/report/cohortTables'
import { surestErrorsFirst } from '../../../renderer/presentation/cohortLists'
import { cohortFilm } from '../../support/cohortFilms'

/** Below this threshold a miss cannot lie further from it than 0.292, a false alarm can by 0.708. */
const THRESHOLD = 0.292

const alarms = Array.from({ length: 60 }, (_, i) =>
  cohortFilm(i, { label: 'no effusion', probability: 0.6 + 0.002 * i }),
)
const missed = cohortFilm(90, { label: 'effusion', probability: 0.003 })
const right = cohortFilm(91, { label: 'no effusion', probability: 0.001 })
const unlabelled = cohortFilm(92, { probability: 0.9 })

describe('the surest errors first', () => {
  it('hide no surely missed effusion behind false alarms, in the report', () => {
    const [, first, ...rest] = wrongFilmRows(ratedFilms([...alarms, missed, right]), THRESHOLD).rows
    expect(first).toEqual(['SB-90', 'missed, report says effusion', '0.003', '–'])
    expect(rest).toHaveLength(39)
    expect(rest[0]?.[0]).toBe('SB-59')
  })

  it('say how many there are where the report does not list them all', () => {
    const titleOf = (films: typeof alarms) => wrongFilmRows(ratedFilms(films), THRESHOLD).title
    expect(titleOf([...alarms, missed, right])).toBe('Films on which decision and report differ, the 40 surest of 61')
    expect(titleOf([...alarms.slice(0, 40), right])).toContain('differ, the surest first')
  })

  it('nor in the list of the page, where films without a word stand last', () => {
    const films = [unlabelled, right, ...alarms, missed].map(({ id, probability, label }) => ({
      ...{ id, probability },
      reportLabel: label,
    }))
    const ids = surestErrorsFirst(films, THRESHOLD).map(({ id }) => id)
    expect(ids.slice(0, 2)).toEqual(['film-90', 'film-59'])
    expect(ids.slice(-2)).toEqual(['film-91', 'film-92'])
  })

  it('are those at the threshold that is tried', () => {
    const film = (probability: number, reportLabel: 'effusion' | 'no effusion') => ({ probability, reportLabel })
    const [alarm, miss] = [film(0.9, 'no effusion'), film(0.5, 'effusion')]
    expect(surestErrorsFirst([miss, alarm], 0.4)).toEqual([alarm, miss])
    expect(surestErrorsFirst([alarm, miss], 0.95)).toEqual([miss, alarm])
  })
})
