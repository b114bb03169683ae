import { expect, it } from 'vitest'
import { caseId, sha256, type Sha256 } from '../../../contract'
import { openLibsqlStore } from '../../../main/adapters/store'
import type { FilmSource } from '../../../main/ports'
import { ask } from '../../support/ask'
import { exampleAudit, exampleCase } from '../../support/exampleCase'
import { quietLogger } from '../../support/quietLogger'
import { scriptedFilms, scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'
import { TEST_KEY } from '../../support/testKey'

/** Scripted films, each a SOP instance of its own, with these hashes. */
function filmsWithHashes(hashes: Readonly<Record<string, Sha256>>): FilmSource {
  return {
    ...scriptedFilms,
    async readInput(place, signal) {
      const { header, input } = await scriptedFilms.readInput(place, signal)
      const hash = hashes[String(place)] ?? header.sha256
      return { header: { ...header, sha256: hash, identity: { ...header.identity, sopInstanceUid: hash } }, input }
    },
  }
}

const paths = ['/a/IM-0001.dcm', '/b/IM-0001.dcm']
const beginning = (digits: number) =>
  paths.map((_, i) => sha256.parse('a'.repeat(digits).padEnd(64, String(i)))) as [Sha256, Sha256]
const filmsAlike = (digits: number) => {
  const hashes = beginning(digits)
  return filmsWithHashes(Object.fromEntries(paths.map((path, i) => [path, hashes[i] as Sha256])))
}

it('two films of one name whose hashes begin with the same eight digits are two films', async () => {
  const { workstation } = await scriptedWorkstation(temporaryFolder(), { films: filmsAlike(8) })
  for (const path of paths)
    expect(await ask(workstation, 'importFiles', { paths: [path] })).toMatchObject({ added: [expect.anything()] })
  expect(await ask(workstation, 'listCases', null)).toHaveLength(2)
  await workstation.close()
})

it.each(['together', 'one after the other'])(
  'a film whose id another one has, imported %s, fails and takes nothing away',
  async (how) => {
    const { workstation } = await scriptedWorkstation(temporaryFolder(), { films: filmsAlike(12) })
    const imports =
      how === 'together' ? [[...paths, '/a/film-3.dcm']] : [[paths[0] ?? ''], [paths[1] ?? '', '/a/film-3.dcm']]
    const results = []
    for (const each of imports) results.push(await ask(workstation, 'importFiles', { paths: each }))
    expect(results.flatMap(({ added }) => added)).toHaveLength(2)
    expect(results.flatMap(({ failed }) => failed)).toMatchObject([{ file: paths[1], error: { code: 'BAD_REQUEST' } }])
    await workstation.close()
  },
)

it('the store refuses another film under the id of one that it has, which keeps its audit', async () => {
  const store = await openLibsqlStore(temporaryFolder(), { key: TEST_KEY, log: quietLogger() })
  const film = exampleCase(1)
  await store.saveCases([film])
  await store.saveAudit(film.id, exampleAudit(7))
  const other = exampleCase(2, { id: film.id })
  await expect(store.saveCases([exampleCase(3), other])).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  expect(await store.listCases()).toEqual([film])
  expect((await store.auditRecord(film.id))?.seed).toBe(7)
  await store.close()
})

it('the longest file name gives an id that is one', async () => {
  const long = `/a/${'x'.repeat(200)}-1.dcm`
  const { workstation } = await scriptedWorkstation(temporaryFolder())
  const { added } = await ask(workstation, 'importFiles', { paths: [long] })
  expect(added.map((id) => caseId.safeParse(id).success)).toEqual([true])
  await workstation.close()
})
