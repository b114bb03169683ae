import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SimpleBitsError, sha256 } from '../../../contract'
import { openDatabase } from '../../../main/adapters/store/database'
import type { FilmSource } from '../../../main/ports'
import { ask } from '../../support/ask'
import { exampleExplanation } from '../../support/explainExamples'
import { until } from '../../support/processes'
import { scriptedFilms, scriptedModels, scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'
import { TEST_KEY } from '../../support/testKey'

const weights = sha256.parse('a'.repeat(64))
const [rule, nextRule] = [sha256.parse('c'.repeat(64)), sha256.parse('d'.repeat(64))]
const models = scriptedModels(weights, { rule })
/** The same weights after an update that changed calibration and threshold. */
const updated = scriptedModels(weights, { rule: nextRule, threshold: 0.3 })
const films: FilmSource = {
  ...scriptedFilms,
  readInput: () => Promise.reject(new SimpleBitsError('FILE_NOT_FOUND', 'gone')),
}

/** A store with a film that was decided before the update. */
async function decided(): Promise<string> {
  const root = temporaryFolder()
  const { workstation } = await scriptedWorkstation(root, { models })
  await ask(workstation, 'importFiles', { paths: ['/films/film-1.dcm'] })
  await workstation.close()
  return root
}

function withDatabase<T>(root: string, work: (database: ReturnType<typeof openDatabase>) => T): T {
  const database = openDatabase(join(root, 'store.db'), TEST_KEY)
  try {
    return work(database)
  } finally {
    database.close()
  }
}
const rulesIn = (root: string) =>
  withDatabase(root, (database) =>
    database.all('SELECT rule FROM decisions').map((row) => z.object({ rule: z.string().nullable() }).parse(row).rule),
  )

describe('what the same weights said by another calibration and threshold', () => {
  it('is not shown', async () => {
    const { workstation } = await scriptedWorkstation(await decided(), { models: updated, films })
    expect(await ask(workstation, 'listCases', null)).toMatchObject([{ decision: null, probability: null }])
    await workstation.close()
  })

  it('is asked anew', async () => {
    const root = await decided()
    expect(rulesIn(root)).toEqual([rule])
    const { workstation, events } = await scriptedWorkstation(root, { models: updated })
    await until(() => events.some((event) => event.type === 'case' && event.summary.decision === true))
    await workstation.close()
    expect(rulesIn(root)).toEqual([nextRule])
  })
})

it('what other methods said of the former decision is not known of a film without an audit', async () => {
  const root = temporaryFolder()
  const before = await scriptedWorkstation(root, { models })
  const { added } = await ask(before.workstation, 'importFiles', { paths: ['/films/film-1.dcm'] })
  const [caseId] = added
  if (!caseId) throw new Error('a film')
  Object.assign(before.script.engine, { call: async () => exampleExplanation() })
  await ask(before.workstation, 'explainCase', { caseId })
  const known = async ({ workstation }: typeof before) =>
    (await ask(workstation, 'knownExplanation', { caseId })).explanation
  expect(await known(before)).not.toBeNull()
  await before.workstation.close()
  const after = await scriptedWorkstation(root, { models: updated, atRest: true })
  expect(await known(after)).toBeNull()
  await after.workstation.close()
})

describe('a decision of before that was kept', () => {
  const ofBefore = async () => {
    const root = await decided()
    withDatabase(root, (database) => database.run('UPDATE decisions SET rule = NULL'))
    return root
  }

  it('stays where the film cannot be read', async () => {
    const { workstation } = await scriptedWorkstation(await ofBefore(), { models, films })
    expect(await ask(workstation, 'listCases', null)).toMatchObject([{ decision: true, probability: 0.75 }])
    await workstation.close()
  })

  it('is asked anew once', async () => {
    const root = await ofBefore()
    const { workstation, events } = await scriptedWorkstation(root, { models })
    await until(() => events.some(({ type }) => type === 'case'))
    await workstation.close()
    expect(rulesIn(root)).toEqual([rule])
  })
})
