import { describe, expect, it } from 'vitest'
import { SimpleBitsError, type CaseId } from '../../../contract'
import { openLibsqlStore } from '../../../main/adapters/store'
import type { FilmSource } from '../../../main/ports'
import { quietLogger } from '../../support/quietLogger'
import { scriptedFilms, scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'
import { TEST_KEY } from '../../support/testKey'

/** `now` says what lies where a file was: another film, or nothing (null); copies in `damaged` cannot be read. */
async function withFilms() {
  const root = temporaryFolder()
  const now = new Map<string, string | null>()
  const damaged = new Set<string>()
  const films: FilmSource = {
    ...scriptedFilms,
    async readInput(place) {
      const path = typeof place === 'string' ? place : place.path
      const there = now.has(path) ? now.get(path) : path
      if (!there) throw new SimpleBitsError('FILE_NOT_FOUND', 'gone')
      return scriptedFilms.readInput(there)
    },
  }
  const sound = await openLibsqlStore(root, { key: TEST_KEY, log: quietLogger() })
  let copies = 0
  const store = {
    ...sound,
    copyFilm: async (file: string) => `${++copies} of ${file}`,
    isCopySound: async (copy: string) => !damaged.has(copy),
  }
  const dialogs = {
    ...{ openFiles: async () => ['/new/film-1.dcm'], saveFile: async () => null },
    showInFolder: async () => undefined,
  }
  const { workstation } = await scriptedWorkstation(root, { films, store, dialogs })
  const importing = (file: string, copy = false) => workstation.call('importFiles', { paths: [file], copy })
  const places = async () => (await store.listCases()).map(({ file, copy }) => ({ file, copy }))
  return { workstation, importing, places, now, damaged }
}

const locating = async ({ workstation }: Awaited<ReturnType<typeof withFilms>>) => {
  const cases = await workstation.call('listCases', null)
  return workstation.call('locateFilm', { caseId: (cases.ok && cases.result[0]?.id) as CaseId })
}

describe('importing a film that is there already', () => {
  it('leaves its case with the file that it came from, as long as that is there', async () => {
    const { workstation, importing, places, now } = await withFilms()
    await importing('/old/film-1.dcm')
    await importing('/second/film-1.dcm')
    expect(await places()).toEqual([{ file: '/old/film-1.dcm', copy: null }])
    now.set('/old/film-1.dcm', null)
    await importing('/new/film-1.dcm')
    expect(await places()).toEqual([{ file: '/new/film-1.dcm', copy: null }])
    await workstation.close()
  })

  it('links it anew where another film lies in the place of its file', async () => {
    const { workstation, importing, places, now } = await withFilms()
    await importing('/old/film-1.dcm')
    now.set('/old/film-1.dcm', '/old/film-2.dcm')
    await importing('/new/film-1.dcm')
    expect(await places()).toEqual([{ file: '/new/film-1.dcm', copy: null }])
    await workstation.close()
  })

  it('copies it from there where copies are wished, and still leaves it with its file', async () => {
    const { workstation, importing, places } = await withFilms()
    await importing('/old/film-1.dcm')
    await importing('/second/film-1.dcm', true)
    expect(await places()).toEqual([{ file: '/old/film-1.dcm', copy: '1 of /second/film-1.dcm' }])
    await workstation.close()
  })
})

describe('a film that is located', () => {
  it('keeps its sound copy', async () => {
    const all = await withFilms()
    await all.importing('/old/film-1.dcm', true)
    expect(await locating(all)).toEqual({ ok: true, result: true })
    expect(await all.places()).toEqual([{ file: '/new/film-1.dcm', copy: '1 of /old/film-1.dcm' }])
    await all.workstation.close()
  })

  it('is copied anew where its copy is damaged, or where copies are wished and it has none', async () => {
    const damaged = await withFilms()
    await damaged.importing('/old/film-1.dcm', true)
    damaged.damaged.add('1 of /old/film-1.dcm')
    await locating(damaged)
    expect(await damaged.places()).toEqual([{ file: '/new/film-1.dcm', copy: '2 of /new/film-1.dcm' }])
    await damaged.workstation.close()

    const wished = await withFilms()
    await wished.importing('/old/film-1.dcm')
    await wished.workstation.call('setSettings', { copyFilms: true })
    await locating(wished)
    expect(await wished.places()).toEqual([{ file: '/new/film-1.dcm', copy: '1 of /new/film-1.dcm' }])
    await wished.workstation.close()
  })
})
