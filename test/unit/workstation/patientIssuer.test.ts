import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FilmSource } from '../../../main/ports'
import { ask } from '../../support/ask'
import { readChanged } from '../../support/readSynthetic'
import { scriptedFilms, scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

/** Films of the ID TESTID-4711; the folder of each says who gave that ID. */
const films: FilmSource = {
  ...scriptedFilms,
  async readInput(place) {
    const path = typeof place === 'string' ? place : place.path
    const { header, input } = await scriptedFilms.readInput(place)
    const issuer = path.split('/')[1] ?? ''
    const identity = { ...header.identity, patientIdIssuer: issuer === 'nobody' ? null : issuer }
    return { header: { ...header, identity }, input }
  },
}

const paths = ['/north/film-1.dcm', '/north/film-2.dcm', '/south/film-3.dcm', '/nobody/film-4.dcm']

describe('one patient ID of several issuers', () => {
  it('is read with its issuer', async () => {
    const { header } = await readChanged({ '00100020': ['LO', '4711'], '00100021': ['LO', 'NORTH '] })
    expect(header.identity).toMatchObject({ patientId: '4711', patientIdIssuer: 'NORTH' })
    expect((await readChanged({ '00100020': ['LO', '4711'] })).header.identity.patientIdIssuer).toBeNull()
  })

  it('is several patients', async () => {
    const { workstation } = await scriptedWorkstation(temporaryFolder(), { films })
    await ask(workstation, 'importFiles', { paths })
    const [one, two, south, nobody] = (await ask(workstation, 'listCases', null)).map(({ patientKey }) => patientKey)
    expect(two).toBe(one)
    expect(new Set([one, south, nobody]).size).toBe(3)
    await workstation.close()
  })

  it.each([
    ['labels the films of one', paths.slice(0, 2), ['effusion', 'effusion']],
    ['labels none where films of several were taken on that day', paths.slice(1), [null, null, null]],
  ])('in a table, which names no issuer, %s', async (_what, imported, labels) => {
    const root = temporaryFolder()
    const file = join(root, 'labels.csv')
    await writeFile(file, 'patient,date,report\nTESTID-4711,1999-01-31,effusion\n')
    const dialogs = { openFiles: async () => [file], saveFile: async () => null, showInFolder: async () => undefined }
    const { workstation } = await scriptedWorkstation(root, { films, dialogs })
    await ask(workstation, 'importFiles', { paths: imported })
    await ask(workstation, 'reviewPickTable', null)
    const match = { by: 'patient', column: 'patient', dateColumn: 'date' } as const
    const mapping = { match, labelColumn: 'report', effusion: ['effusion'], noEffusion: [] }
    await ask(workstation, 'reviewApplyLabels', mapping)
    expect((await ask(workstation, 'listCases', null)).map(({ reportLabel }) => reportLabel)).toEqual(labels)
    await workstation.close()
  })
})
