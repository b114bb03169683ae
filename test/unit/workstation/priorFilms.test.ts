import { describe, expect, it } from 'vitest'
import { caseId, patientKey } from '../../../contract'
import { otherScreen } from '../../../electron/windowBounds'
import { intervalText, priorsOf } from '../../../renderer/presentation/priorFilms'
import { linkedView } from '../../../renderer/viewer/geometry'
import { UPRIGHT } from '../../../renderer/viewer/turn'

describe('prior films', () => {
  const key = patientKey.parse('a'.repeat(64))
  const film = (id: string, studyDate: string | null, who: typeof key | null = key) => ({
    id: caseId.parse(id),
    studyDate,
    patientKey: who,
    sex: null,
  })

  it('are earlier films of the same patient, the latest first', () => {
    const present = film('now', '2017-04-20')
    const all = [present, film('old', '2014-11-02'), film('last', '2017-01-18'), film('later', '2018-01-01')]
    expect(priorsOf(present, all).map(({ id }) => id)).toEqual(['last', 'old'])
  })

  it('are none where patient or date are not known, or are others’', () => {
    const other = patientKey.parse('b'.repeat(64))
    const films = [
      film('a', '2016-01-01', null),
      film('b', null),
      film('c', '2016-01-01', other),
      film('d', '2017-04-20'),
    ]
    expect(priorsOf(film('now', '2017-04-20'), films)).toEqual([])
    expect(priorsOf(film('now', '2017-04-20', null), films)).toEqual([])
    expect(priorsOf(film('now', null), films)).toEqual([])
    expect(priorsOf(null, films)).toEqual([])
  })

  it('are no man’s beside a woman’s, though their files give one ID', () => {
    const of = (id: string, date: string, sex: 'M' | 'F' | 'O' | null) => ({ ...film(id, date), sex })
    const films = [of('m', '2016-04-01', 'M'), of('f', '2016-03-01', 'F'), of('o', '2016-02-01', 'O')]
    const shown = (sex: 'M' | 'F' | 'O' | null) => priorsOf(of('now', '2017-04-20', sex), films).map(({ id }) => id)
    expect(shown('M')).toEqual(['m', 'o'])
    expect(shown('F')).toEqual(['f', 'o'])
    expect(shown('O')).toEqual(['m', 'f', 'o'])
    expect(shown(null)).toEqual(['m', 'f', 'o'])
  })

  it.each([
    ['2017-04-19', '1 day before'],
    ['2017-04-08', '12 days before'],
    ['2017-03-20', '4 weeks before'],
    ['2017-01-18', '3 months before'],
    ['2016-01-18', '15 months before'],
    ['2014-11-02', '2 years before'],
  ])('of %s stand %s', (earlier, words) => {
    expect(intervalText(earlier, '2017-04-20')).toBe(words)
  })

  it('show the same part of either film, and lead back', () => {
    const one = { width: 2000, height: 2500 }
    const other = { width: 900, height: 1000 }
    const view = { zoom: 2, centre: { x: 500, y: 2000 }, turn: UPRIGHT }
    const there = linkedView(view, one, other)
    expect(there).toEqual({ ...view, centre: { x: 225, y: 800 } })
    expect(linkedView(there, other, one)).toEqual(view)
  })
})

describe('the second screen', () => {
  const left = { x: 0, y: 0, width: 1920, height: 1080 }
  const right = { x: 1920, y: 0, width: 2560, height: 1440 }

  it('is the one that the main window is not on', () => {
    const onRight = { x: 2000, y: 100, width: 1600, height: 1000 }
    expect(otherScreen(onRight, [left, right])).toBe(left)
    expect(otherScreen({ ...onRight, x: 100 }, [left, right])).toBe(right)
    expect(otherScreen({ ...onRight, x: 100 }, [left])).toBeNull()
    expect(otherScreen({ ...onRight, x: -5000 }, [left, right])).toBeNull()
  })
})
