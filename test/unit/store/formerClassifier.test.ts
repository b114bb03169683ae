import { describe, expect, it } from 'vitest'
import { BUNDLED_CLASSIFIER, SimpleBitsError, sha256 } from '../../../contract'
import { resultFiles } from '../../../main/adapters/files'
import type { FilmSource } from '../../../main/ports'
import { ask } from '../../support/ask'
import { until } from '../../support/processes'
import { scriptedFilms, scriptedModels, scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

const others = scriptedModels(sha256.parse('e'.repeat(64)))
/** The films' disk is not there. */
const films: FilmSource = {
  ...scriptedFilms,
  readInput: () => Promise.reject(new SimpleBitsError('FILE_NOT_FOUND', 'gone')),
}
const undecided = { status: 'new', probability: null, decision: null, misclassified: null, wrongness: null }

/** A store with a film that the bundled classifier has decided wrongly. */
async function withDecision(): Promise<string> {
  const root = temporaryFolder()
  const { workstation } = await scriptedWorkstation(root)
  const { added } = await ask(workstation, 'importFiles', { paths: ['/films/film-1.dcm'] })
  for (const caseId of added) await ask(workstation, 'setReportLabel', { caseId, label: 'no effusion' })
  expect(await ask(workstation, 'listCases', null)).toMatchObject([{ decision: true, misclassified: true }])
  await workstation.close()
  return root
}

describe('what a former classifier said of a film', () => {
  it('is not shown as the word of the one that decides now', async () => {
    const root = await withDecision()
    const { workstation } = await scriptedWorkstation(root, { models: others, films })
    expect(await ask(workstation, 'listCases', null)).toMatchObject([{ ...undecided, queues: ['unaudited'] }])
    await workstation.close()
  })

  it('goes when another one is chosen, and does not come back at the next start', async () => {
    const root = await withDecision()
    let models = scriptedModels()
    const choosing = { ...others, describe: (name: typeof BUNDLED_CLASSIFIER) => models.describe(name) }
    const first = await scriptedWorkstation(root, { models: choosing, films })
    expect(await ask(first.workstation, 'listCases', null)).toMatchObject([{ decision: true }])
    models = others
    await ask(first.workstation, 'useClassifier', { name: BUNDLED_CLASSIFIER })
    expect(await ask(first.workstation, 'listCases', null)).toMatchObject([undecided])
    await first.workstation.close()
    const next = await scriptedWorkstation(root, { models: others, films })
    expect(await ask(next.workstation, 'listCases', null)).toMatchObject([undecided])
    await next.workstation.close()
  })

  it('is asked anew where the film can be read', async () => {
    const root = await withDecision()
    const { workstation, events } = await scriptedWorkstation(root, { models: others })
    await until(() => events.some((event) => event.type === 'case' && event.summary.decision === true))
    expect(await ask(workstation, 'listCases', null)).toMatchObject([{ status: 'ready', misclassified: true }])
    await workstation.close()
  })

  it('is asked anew when the film is imported again', async () => {
    const root = await withDecision()
    const { workstation } = await scriptedWorkstation(root, { models: others, atRest: true })
    expect(await ask(workstation, 'listCases', null)).toMatchObject([undecided])
    await ask(workstation, 'importFiles', { paths: ['/films/film-1.dcm'] })
    expect(await ask(workstation, 'listCases', null)).toMatchObject([{ status: 'ready', decision: true }])
    await workstation.close()
  })

  it('is not in the table of findings', async () => {
    const root = await withDecision()
    let table = ''
    const results = { ...resultFiles, text: async (_: string, it: string) => void (table = it) }
    const dialogs = { openFiles: async () => null, saveFile: async () => '/t.csv', showInFolder: async () => undefined }
    const { workstation } = await scriptedWorkstation(root, { models: others, films, results, dialogs })
    const finding = { effusion: 'none', size: null, agrees: null, reasons: [], text: '' } as const
    for (const { id: caseId } of await ask(workstation, 'listCases', null))
      await ask(workstation, 'reviewGive', { caseId, reader: 'A', finding: { ...finding, reasons: [] } })
    await ask(workstation, 'reviewExport', null)
    expect(table).toMatch(/\r\nSB-[^,]+,no effusion,A,[^,]+,yes,none,,,,,,,,,,Research use only[^,]+\r\n$/)
    await workstation.close()
  })
})
