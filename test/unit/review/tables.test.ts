import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { caseId, finding, type LabelMapping } from '../../../contract'
import { describeTable, findingsCsv, matchLabels, secondsLeft, type LabelledFilm } from '../../../main/domain/review'

const film = (number: number, changes: Partial<LabelledFilm> = {}): LabelledFilm => ({
  ...{ id: caseId.parse(`film-${number}`), file: `/films/F${number}.dcm`, sopInstanceUid: `1.2.${number}` },
  ...{ patientKey: `key of P${number}`, studyDate: `2017-01-0${number}`, reportLabel: null },
  ...changes,
})
const mapping = (changes: Partial<LabelMapping> = {}): LabelMapping => ({
  ...{ match: { by: 'file', column: 'film' }, labelColumn: 'says' },
  ...{ effusion: ['Effusion'], noEffusion: ['No Finding'] },
  ...changes,
})
const keyOf = (id: string) => `key of ${id}`

describe('labels from a table', () => {
  const table = {
    columns: ['film', 'says', 'uid', 'patient', 'date'],
    rows: [
      ['a/f1.PNG', 'Mass|Effusion', '1.2.1', 'P1', '20170101'],
      ['F2', 'No Finding', '1.2.2', 'P2', '02.01.2017'],
      ['F3.dcm', 'Mass', '1.2.3', 'P3', '2017-01-03'],
      ['F4.dcm', 'Effusion', '1.2.4', 'P4', '2017/01/04'],
      ['F4.dcm', 'No Finding', '1.2.4', 'P4', '2017-01-04'],
      ['elsewhere.dcm', 'Effusion', '9', 'P9', '2017-01-04'],
      ['short row'],
    ],
  }
  const films = [1, 2, 3, 4, 5].map((number) => film(number))
  const expected = { films: 4, effusion: 1, noEffusion: 1, unknown: 1, contradictory: 1, changed: 2, overwritten: 0 }

  it.each([
    ['file', { by: 'file', column: 'film' }],
    ['SOP instance UID', { by: 'sop', column: 'uid' }],
    ['patient and date', { by: 'patient', column: 'patient', dateColumn: 'date' }],
  ] as const)('find their films by %s; what is unknown or contradictory changes nothing', (_by, match) => {
    const { match: counts, changes } = matchLabels(table, mapping({ match }), { films, keyOf })
    expect(counts).toEqual({ ...expected, rowsWithoutFilm: 2 })
    expect(changes).toEqual([
      { caseId: 'film-1', label: 'effusion' },
      { caseId: 'film-2', label: 'no effusion' },
    ])
  })

  it('say how many labels they would replace', () => {
    const known = [film(1, { reportLabel: 'no effusion' }), film(2, { reportLabel: 'no effusion' })]
    const { match, changes } = matchLabels(table, mapping(), { films: known, keyOf })
    expect(match).toMatchObject({ films: 2, changed: 1, overwritten: 1 })
    expect(changes).toEqual([{ caseId: 'film-1', label: 'effusion' }])
  })

  it('are described with their words by frequency and a guess', () => {
    const { head, words, proposal, rows } = describeTable('t.csv', {
      columns: ['Image Index', 'Finding Labels'],
      rows: [
        ['a.png', 'Effusion|Mass'],
        ['b.png', 'No Finding'],
        ['c.png', 'Mass'],
      ],
    })
    expect({ rows, head: head[1] }).toEqual({ rows: 3, head: ['b.png', 'No Finding'] })
    expect(words['Finding Labels']?.[0]).toEqual({ word: 'Mass', rows: 2 })
    expect(proposal).toEqual({
      match: { by: 'file', column: 'Image Index' },
      labelColumn: 'Finding Labels',
      effusion: ['Effusion'],
      noEffusion: ['No Finding'],
    })
    expect(describeTable('t.csv', { columns: ['x', 'y'], rows: [] }).proposal).toBeNull()
  })
})

describe('findings as CSV', () => {
  const said = finding.parse({ effusion: 'left', size: 'small', agrees: 'no', reasons: ['device', 'marker'], text: '' })
  const given = (number: number, text: string) => ({
    ...{ number, reader: 'Dr. Ä', state: 'given' as const, savedAt: `2026-01-0${number}T00:00:00.000Z` },
    finding: { ...said, text },
  })

  it('hold every version with the reader’s words unharmed, and no formula', () => {
    const text = 'first line, "quoted"\nsecond'
    const draft = { ...given(3, 'draft'), state: 'draft' as const }
    const csv = findingsCsv([
      {
        ...{ pseudonym: 'SB-0000-0000', reportLabel: 'no effusion', probability: 0.83213, decision: true },
        findings: [given(1, text), given(2, '=HYPERLINK("x")'), draft],
      },
    ])
    const rows = parse<Record<string, string>>(csv, { columns: true })
    expect(rows.map(({ current }) => current)).toEqual(['no', 'yes'])
    expect(rows[0]).toMatchObject({
      text,
      reader: 'Dr. Ä',
      reasons_model_erred: 'device;marker',
      model_decision: 'effusion',
    })
    expect(rows[0]?.['model_probability_effusion']).toBe('0.8321')
    expect(rows[1]?.['text']).toBe(`'=HYPERLINK("x")`)
  })
})

describe('the time left of a batch', () => {
  it('is the mean of what was measured, for all that wait, and the rest of the one that runs', () => {
    const times = { finished: [10, 20], running: 5, runningLeft: null, waiting: 4 }
    expect(secondsLeft(times)).toBe(4 * 15 + 10)
    expect(secondsLeft({ ...times, runningLeft: 3 })).toBe(4 * 15 + 3)
    expect(secondsLeft({ ...times, running: 40 })).toBe(4 * 15)
    expect(secondsLeft({ ...times, running: null })).toBe(4 * 15)
  })

  it('rests on the first one’s own forecast before any is finished, and says nothing without one', () => {
    expect(secondsLeft({ finished: [], running: 6, runningLeft: 4, waiting: 3 })).toBe(34)
    expect(secondsLeft({ finished: [], running: 6, runningLeft: null, waiting: 3 })).toBeNull()
  })
})
