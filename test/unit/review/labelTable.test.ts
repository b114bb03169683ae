import { describe, expect, it } from 'vitest'
import { caseId, type LabelMapping } from '../../../contract'
import { describeTable, matchLabels, type LabelledFilm } from '../../../main/domain/review'

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
      ['films/f1.PNG', 'Mass|Effusion', '1.2.1', 'P1', '20170101'],
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

  it('find a film however its accents are coded', () => {
    const named = film(1, { file: '/films/Mu\u0308ller.dcm' })
    const rows = [['M\u00fcller.dcm', 'Effusion']]
    const found = matchLabels({ columns: ['film', 'says'], rows }, mapping(), { films: [named], keyOf })
    expect(found.changes).toEqual([{ caseId: named.id, label: 'effusion' }])
  })

  it.each([
    ['file', { by: 'file', column: 'film' }],
    ['SOP instance UID', { by: 'sop', column: 'uid' }],
    ['patient and date', { by: 'patient', column: 'patient', dateColumn: 'date' }],
  ] as const)('find their films by %s; what is unknown or contradictory changes nothing', (_by, match) => {
    const { match: counts, changes } = matchLabels(table, mapping({ match }), { films, keyOf })
    expect(counts).toEqual({ ...expected, rowsWithoutFilm: 2, rowsOfSeveral: 0 })
    expect(changes).toEqual([
      { caseId: 'film-1', label: 'effusion' },
      { caseId: 'film-2', label: 'no effusion' },
    ])
  })

  it('find films of one name by their folders', () => {
    const named = { columns: ['film', 'says'], rows: [['PAT001/IM-0001.dcm', 'Effusion']] }
    const first = film(1, { file: 'D:\\export\\PAT001\\IM-0001.dcm' })
    const second = film(2, { file: 'D:\\export\\PAT002\\IM-0001.dcm' })
    const { match, changes } = matchLabels(named, mapping(), { films: [first, second], keyOf })
    expect(match).toMatchObject({ films: 1, rowsOfSeveral: 0 })
    expect(changes).toEqual([{ caseId: 'film-1', label: 'effusion' }])
    const elsewhere = matchLabels(named, mapping(), { films: [second], keyOf })
    expect(elsewhere).toMatchObject({ match: { films: 0, rowsWithoutFilm: 1 }, changes: [] })
  })

  it('change nothing by a name, or an end of a path, that several films have', () => {
    const rows = [
      ['IM-0001.dcm', 'Effusion'],
      ['study1/IM-0001', 'Effusion'],
      ['PAT002/study1/IM-0001', 'No Finding'],
    ]
    const same = [1, 2].map((number) => film(number, { file: `/in/PAT00${number}/study1/IM-0001.dcm` }))
    const found = matchLabels({ columns: ['film', 'says'], rows }, mapping(), { films: same, keyOf })
    expect(found.match).toMatchObject({ films: 1, rowsWithoutFilm: 0, rowsOfSeveral: 2 })
    expect(found.changes).toEqual([{ caseId: 'film-2', label: 'no effusion' }])
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

  it('are guessed from the column about effusions, wherever it stands', () => {
    const { proposal } = describeTable('chexpert.csv', {
      columns: ['Path', 'Sex', 'No Finding', 'Lung Lesion', 'Pleural Effusion', 'Pleural Other'],
      rows: [
        ['train/patient1/study1/view1_frontal.jpg', 'F', '1.0', '', '0.0', ''],
        ['train/patient2/study1/view1_frontal.jpg', 'M', '', '', '1.0', ''],
        ['train/patient3/study1/view1_frontal.jpg', 'M', '', '', '-1.0', ''],
      ],
    })
    expect(proposal).toEqual({
      ...{ match: { by: 'file', column: 'Path' }, labelColumn: 'Pleural Effusion' },
      ...{ effusion: ['1.0'], noEffusion: ['0.0'] },
    })
  })

  it.each(['No Finding', 'no_finding', 'Normal report', 'No pleural effusion', 'kein Erguss'])(
    'are not guessed from a column “%s”, whose 1 is no effusion',
    (column) => {
      const proposal = (columns: string[]) => describeTable('t.csv', { columns, rows: [['a', '1', '0']] }).proposal
      expect(proposal(['file', column])).toBeNull()
      expect(proposal(['file', column, 'finding'])).toMatchObject({ labelColumn: 'finding', noEffusion: ['0'] })
    },
  )
})
