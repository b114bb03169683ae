import { expect, it } from 'vitest'
import { SimpleBitsError, type CaseId } from '../../../contract'
import { ask } from '../../support/ask'
import { scriptedFilms, scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

it('outlines of a film that cannot be read are not kept: the audit’s figures could not follow them', async () => {
  let gone = false
  const readInput: typeof scriptedFilms.readInput = async (place) => {
    if (gone) throw new SimpleBitsError('FILE_NOT_FOUND', 'The file is not there.')
    return scriptedFilms.readInput(place)
  }
  const read: typeof scriptedFilms.read = async (place) => {
    if (gone) throw new SimpleBitsError('FILE_NOT_FOUND', 'The file is not there.')
    return scriptedFilms.read(place)
  }
  const films = { ...scriptedFilms, read, readInput }
  const { workstation } = await scriptedWorkstation(temporaryFolder(), { films })
  const { added } = await ask(workstation, 'importFiles', {
    paths: ['/films/film-1.dcm', '/films/film-2.dcm', '/films/film-3.dcm', '/films/film-4.dcm'],
  })
  const [caseId, ...others] = added as CaseId[]
  if (!caseId) throw new Error('No film came in.')
  const { zones } = await ask(workstation, 'zones', { caseId })
  // films looked at since then: that one is read again
  for (const other of others) await ask(workstation, 'zones', { caseId: other })
  gone = true
  const saved = ask(workstation, 'saveZones', { caseId, zones: { ...zones, source: 'corrected' } })
  await expect(saved).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  gone = false
  expect((await ask(workstation, 'zones', { caseId })).zones.source).toBe('automatic')
  await workstation.close()
})
