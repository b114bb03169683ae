import { expect, it, vi } from 'vitest'
import { SimpleBitsError } from '../../../contract'
import type { FilmSource } from '../../../main/ports'
import { ask } from '../../support/ask'
import { scriptedFilms, scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

/** Films as scripted; one that is called "endless" is being read until its reader is called off. */
function withEndlessFilms() {
  const endless: AbortSignal[] = []
  const films: FilmSource = {
    ...scriptedFilms,
    readInput(place, signal) {
      if (!signal || !String(place).includes('endless')) return scriptedFilms.readInput(place, signal)
      endless.push(signal)
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new SimpleBitsError('CANCELLED', 'called off')))
      })
    },
  }
  return { films, endless }
}

const paths = (count: number) => Array.from({ length: count }, (_, i) => `/films/film-${i + 1}.dcm`)

it('an import that is called off ends at once, keeps the films that it has saved, and blames none', async () => {
  const { films, endless } = withEndlessFilms()
  const { workstation } = await scriptedWorkstation(temporaryFolder(), { films })
  const cases = () => ask(workstation, 'listCases', null)
  // 32 are saved together; the 33rd comes with the endless one
  const importing = ask(workstation, 'importFiles', { paths: [...paths(33), '/films/endless.dcm'] })
  await vi.waitFor(async () => expect(await cases()).toHaveLength(32), 30_000)
  expect(endless.map(({ aborted }) => aborted)).toEqual([false])
  expect(await ask(workstation, 'cancelImport', null)).toBeNull()
  expect(endless.map(({ aborted }) => aborted)).toEqual([true])
  const result = await importing
  expect(result).toMatchObject({ cancelled: true, alreadyThere: 0, failed: [] })
  expect(result.added).toHaveLength(32)
  expect(await cases()).toHaveLength(32)
  // and again goes on where it ended
  expect(await ask(workstation, 'importFiles', { paths: paths(33) })).toMatchObject({
    ...{ cancelled: false, alreadyThere: 32, failed: [], added: [expect.any(String) as string] },
  })
  await workstation.close()
})

it('calling off ends every import, also one that waits, and none that comes after', async () => {
  const { films, endless } = withEndlessFilms()
  const { workstation } = await scriptedWorkstation(temporaryFolder(), { films })
  expect(await ask(workstation, 'cancelImport', null)).toBeNull()
  const both = ['/a/endless.dcm', '/b/endless.dcm'].map((path) => ask(workstation, 'importFiles', { paths: [path] }))
  await vi.waitFor(() => expect(endless).toHaveLength(1), 30_000)
  await ask(workstation, 'cancelImport', null)
  expect(endless.every(({ aborted }) => aborted)).toBe(true)
  for (const importing of both) expect(await importing).toMatchObject({ cancelled: true, added: [] })
  expect((await ask(workstation, 'importFiles', { paths: paths(1) })).added).toHaveLength(1)
  await workstation.close()
})

it('an import that is still looking for films is called off as well', async () => {
  let looking: AbortSignal | undefined
  const films: FilmSource = {
    ...scriptedFilms,
    discover: (_paths, signal) =>
      new Promise((resolve) => {
        looking = signal
        signal?.addEventListener('abort', () => resolve({ files: paths(3), skipped: 0 }))
      }),
  }
  const { workstation } = await scriptedWorkstation(temporaryFolder(), { films })
  const importing = ask(workstation, 'importFiles', { paths: ['/films'] })
  await vi.waitFor(() => expect(looking).toBeDefined())
  await ask(workstation, 'cancelImport', null)
  expect(await importing).toMatchObject({ cancelled: true, added: [], failed: [] })
  await workstation.close()
})

it('two imports of the same film at once bring it in once, and neither fails', async () => {
  const { workstation } = await scriptedWorkstation(temporaryFolder())
  const results = await Promise.all([1, 2].map(() => ask(workstation, 'importFiles', { paths: paths(40) })))
  expect(results.map(({ added }) => added.length)).toEqual([40, 0])
  expect(results.map(({ alreadyThere, failed }) => [alreadyThere, failed])).toEqual([
    [0, []],
    [40, []],
  ])
  await workstation.close()
})
