import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { experiment as experimentSchema } from '../../../contract'
import { dataFilesOf } from '../../../main/adapters/experimentData'
import { labCatalogue } from '../../../main/adapters/labCatalogue'
import { chosenData } from '../../../main/compose/dataFolder'
import { exampleExperiment } from '../../support/exampleExperiment'
import { ask } from '../../support/ask'
import { quietLogger } from '../../support/quietLogger'
import { scriptedModels, scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

const dialogs = (...chosen: readonly (string | null)[]) => {
  const answers = [...chosen]
  const shown: string[] = []
  return {
    shown,
    openFiles: async () => {
      const path = answers.shift() ?? null
      return path === null ? null : [path]
    },
    saveFile: async () => null,
    showInFolder: async (path: string) => void shown.push(path),
  }
}

describe('the folder of the lab’s data', () => {
  it('is chosen in a dialog, used by the next run and by the next start, and kept when other settings change', async () => {
    const root = temporaryFolder()
    const first = await scriptedWorkstation(root, { dialogs: dialogs(null, '/elsewhere/data') })
    expect(await ask(first.workstation, 'labPickData', null)).toBeNull()
    expect(await ask(first.workstation, 'labPickData', null)).toEqual([])
    await ask(first.workstation, 'setSettings', { reader: 'A' })
    expect(await ask(first.workstation, 'getSettings', null)).toMatchObject({
      dataFolder: '/elsewhere/data',
      reader: 'A',
    })
    await first.workstation.close()
    const again = await scriptedWorkstation(root)
    await ask(again.workstation, 'labStart', { experiment: exampleExperiment() })
    await expect.poll(() => again.labEngine.pending[0]?.params).toMatchObject({ data: '/elsewhere/data' })
    await again.workstation.close()
  })

  it('is looked into anew after another one was chosen', async () => {
    const [empty, full] = [temporaryFolder(), temporaryFolder()]
    const wanted = experimentSchema.parse(exampleExperiment())
    for (const file of dataFilesOf(wanted.data)) {
      mkdirSync(dirname(join(full, file)), { recursive: true })
      writeFileSync(join(full, file), '')
    }
    const data = chosenData({ SIMPLEBITS_DATA: empty })
    const models = { ...scriptedModels(), describe: async () => ({ file: { kind: 'flow' } }) as never }
    const catalogue = labCatalogue({ data: data.folder, models, log: quietLogger() })
    const missing = await catalogue.missing(wanted)
    expect(missing).toMatchObject({ what: 'data' })
    expect(missing?.text).toContain(`in ${empty}. Choose the folder`)
    data.use(full)
    expect(await catalogue.missing(wanted)).toBeNull()
  })
})

it('the guide to classifiers of one’s own is shown where it lies', async () => {
  const asked = dialogs()
  const { workstation } = await scriptedWorkstation(temporaryFolder(), { dialogs: asked })
  await ask(workstation, 'showClassifierGuide', null)
  expect(asked.shown).toEqual(['/program/docs/own-classifier.md'])
  await workstation.close()
  const bare = await scriptedWorkstation(temporaryFolder(), { dialogs: asked, guide: null })
  await expect(ask(bare.workstation, 'showClassifierGuide', null)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  await bare.workstation.close()
})
