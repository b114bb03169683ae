import { expect, it, vi } from 'vitest'
import { BUNDLED_CLASSIFIER, SimpleBitsError, sha256 } from '../../../contract'
import { openLibsqlStore } from '../../../main/adapters/store'
import type { Engine, FilmSource } from '../../../main/ports'
import { ask } from '../../support/ask'
import { exampleCase } from '../../support/exampleCase'
import { quietLogger } from '../../support/quietLogger'
import { scriptedEngine, scriptedFilms, scriptedModels, scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'
import { TEST_KEY } from '../../support/testKey'

const FILMS = 200

/** A workstation on a store of films that nobody was asked about, with an engine that answers like this, and what was asked of it. */
async function undecided(classify: (signal: AbortSignal | undefined) => Promise<never>) {
  const root = temporaryFolder()
  const store = await openLibsqlStore(root, { key: TEST_KEY, log: quietLogger() })
  await store.saveCases(Array.from({ length: FILMS }, (_, i) => exampleCase(i + 1)))
  const asked: (AbortSignal | undefined)[] = []
  const { engine } = scriptedEngine()
  const call: Engine['call'] = (method, params, options) => {
    if (method !== 'classify') return engine.call(method, params, options)
    asked.push(options?.signal)
    return classify(options?.signal)
  }
  const readInput = vi.fn<FilmSource['readInput']>((...args) => scriptedFilms.readInput(...args))
  let models = scriptedModels()
  const { workstation } = await scriptedWorkstation(root, {
    store,
    engine: { ...engine, call },
    films: { ...scriptedFilms, readInput },
    models: { ...models, describe: (name) => models.describe(name) },
  })
  /** The user lets another classifier decide. */
  const choose = (letter: string) => {
    models = scriptedModels(sha256.parse(letter.repeat(64)))
    return ask(workstation, 'useClassifier', { name: BUNDLED_CLASSIFIER })
  }
  return { workstation, asked, readInput, choose }
}

it('another classifier calls off the pass of the one before', async () => {
  const { workstation, asked, choose } = await undecided(
    (signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(new SimpleBitsError('CANCELLED', 'called off')))
      }),
  )
  await vi.waitFor(() => expect(asked).toHaveLength(1), 30_000)
  for (const [passes, letter] of [
    [2, 'e'],
    [3, 'd'],
  ] as const) {
    await choose(letter)
    await vi.waitFor(() => expect(asked).toHaveLength(passes), 30_000)
    expect(asked.map((signal) => signal?.aborted)).toEqual([...Array<boolean>(passes - 1).fill(true), false])
  }
  await workstation.close()
  expect(asked.map((signal) => signal?.aborted)).toEqual([true, true, true])
})

it.each(['ENGINE_DIED', 'BACKEND_UNAVAILABLE'] as const)('an engine that is gone (%s) ends the pass', async (code) => {
  const { workstation, asked, readInput } = await undecided(() => Promise.reject(new SimpleBitsError(code, 'gone')))
  await vi.waitFor(() => expect(asked).toHaveLength(1), 30_000)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(asked).toHaveLength(1)
  // the first films and those read ahead
  expect(readInput.mock.calls.length).toBeLessThanOrEqual(64)
  await workstation.close()
})
