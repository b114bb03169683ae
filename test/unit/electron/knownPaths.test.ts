import { expect, it } from 'vitest'
import type { CallParams, WorkstationCall } from '../../../contract'
import { knownPaths } from '../../../electron/knownPaths'
import type { Workstation } from '../../../main/compose'

const REFUSED = { ok: false, error: { code: 'BAD_REQUEST' } }

/** A window's side of dialogs that answer with these paths, and what passes to the product. */
function windowOf(answers: { open?: string[]; save?: string }) {
  const passed: WorkstationCall[] = []
  const { dialogs, guard } = knownPaths({
    openFiles: async () => answers.open ?? null,
    saveFile: async () => answers.save ?? null,
    showInFolder: async () => undefined,
  })
  const product: Workstation = {
    async call(name) {
      passed.push(name)
      return { ok: false, error: { code: 'CANCELLED', message: 'passed' } }
    },
    onEvent: () => () => undefined,
    filmPixels: () => Promise.reject(new Error('not asked')),
    close: async () => undefined,
  }
  const guarded = guard(product)
  const ask = <C extends WorkstationCall>(name: C, params: CallParams<C>) => guarded.call(name, params)
  return { dialogs, ask, passed }
}

it('the window shows no folder that nothing was saved in', async () => {
  const { dialogs, ask, passed } = windowOf({ save: '/out/report.pdf' })
  expect(await ask('showInFolder', { path: '/out/report.pdf' })).toMatchObject(REFUSED)
  await dialogs.saveFile({ suggestedName: 'report.pdf' })
  await ask('showInFolder', { path: '/out/report.pdf' })
  expect(await ask('showInFolder', { path: '/etc/passwd' })).toMatchObject(REFUSED)
  expect(passed).toEqual(['showInFolder'])
})

it('the window adds no classifier that nobody has chosen', async () => {
  const { dialogs, ask, passed } = windowOf({ open: ['/models/mine'] })
  expect(await ask('addClassifier', { folder: '/models/mine', name: null })).toMatchObject(REFUSED)
  await dialogs.openFiles({ folders: true })
  await ask('addClassifier', { folder: '/models/mine', name: null })
  expect(passed).toEqual(['addClassifier'])
})

it('films are dropped from anywhere on this computer, and from another one chosen in the dialog', async () => {
  const share = '\\\\hospital\\films\\1.dcm'
  const { dialogs, ask, passed } = windowOf({ open: [share] })
  await ask('importFiles', { paths: ['/home/me/film.dcm', 'C:\\films\\2.dcm'] })
  for (const path of [share, '//hospital/films/1.dcm', '\\\\.\\PhysicalDrive0'])
    expect(await ask('importFiles', { paths: ['/home/me/film.dcm', path] })).toMatchObject(REFUSED)
  await dialogs.openFiles({ folders: false })
  await ask('importFiles', { paths: [share] })
  await ask('listCases', null)
  expect(passed).toEqual(['importFiles', 'importFiles', 'listCases'])
})
