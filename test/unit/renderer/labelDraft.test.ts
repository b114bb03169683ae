import { describe, expect, it } from 'vitest'
import { labelMapping, type LabelMapping, type LabelTable } from '../../../contract'
import { draftOf, mappingOf, withMeaning } from '../../../renderer/presentation/labelDraft'

const table: LabelTable = {
  ...{ file: 'labels.csv', columns: ['Image Index', 'Date', 'Finding Labels'], rows: 2, head: [], words: {} },
  proposal: null,
}
const byFile: LabelMapping = {
  ...{ match: { by: 'file', column: 'Image Index' }, labelColumn: 'Finding Labels' },
  ...{ effusion: ['Effusion', 'Pleural effusion'], noEffusion: ['No Finding'] },
}

describe('what a table of labels means', () => {
  it.each([
    ['by the file’s name', byFile],
    [
      'by patient and date',
      { ...byFile, match: { by: 'patient', column: 'Image Index', dateColumn: 'Date' } } as const,
    ],
    ['by the SOP instance', { ...byFile, match: { by: 'sop', column: 'Date' } } as const],
  ])('is first what was guessed, and comes back as it was: %s', (_how, proposal) => {
    const mapping = mappingOf(draftOf({ ...table, proposal }))
    expect(mapping).toEqual(proposal)
    expect(labelMapping.parse(mapping)).toEqual(proposal)
  })

  it('is asked for where nothing was guessed: a column of labels, and a word that means something', () => {
    const draft = draftOf(table)
    expect(draft).toMatchObject({ by: 'file', column: 'Image Index', labelColumn: '' })
    expect(mappingOf(draft)).toBeNull()
    const withColumn = { ...draft, labelColumn: 'Finding Labels' }
    expect(mappingOf(withColumn)).toBeNull()
    expect(mappingOf(withMeaning(withColumn, 'Effusion', 'effusion'))).toEqual({
      ...{ match: { by: 'file', column: 'Image Index' }, labelColumn: 'Finding Labels' },
      ...{ effusion: ['Effusion'], noEffusion: [] },
    })
    expect(mappingOf(withMeaning(draft, 'Effusion', 'effusion'))).toBeNull()
  })

  it('changes word by word: the other meaning, or nothing known', () => {
    const draft = draftOf({ ...table, proposal: byFile })
    expect(mappingOf(withMeaning(draft, 'Effusion', 'no effusion'))).toMatchObject({
      effusion: ['Pleural effusion'],
      noEffusion: ['No Finding', 'Effusion'],
    })
    expect(mappingOf(withMeaning(draft, 'No Finding', null))).toMatchObject({ noEffusion: [] })
    expect(draft.meanings).toHaveProperty('Effusion', 'effusion')
  })
})
