import { expect, it } from 'vitest'
import { SimpleBitsError, type CaseSummary } from '../../../contract'
import { openLibsqlStore } from '../../../main/adapters/store'
import type { CaseStore } from '../../../main/ports'
import { ask } from '../../support/ask'
import { quietLogger } from '../../support/quietLogger'
import { scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'
import { TEST_KEY } from '../../support/testKey'

const paths = Array.from({ length: 70 }, (_, i) => `/films/film-${i + 1}.dcm`)
const CHUNK = 32

/** An import of seventy films with copies into a store that writes whatever `hasRoomFor` allows. */
async function importedOn(hasRoomFor: (what: 'film' | 'decision' | 'copy', before: number) => boolean) {
  const store = await openLibsqlStore(temporaryFolder(), { key: TEST_KEY, log: quietLogger() })
  const written = { film: 0, decision: 0, copy: 0 }
  const asked = { copies: 0 }
  let room = false
  const write = (what: keyof typeof written, count: number) => {
    if (!room && !hasRoomFor(what, written[what]))
      throw new SimpleBitsError('WRITE_FAILED', 'The store could not be written.')
    written[what] += count
  }
  const small: CaseStore = {
    ...store,
    async saveCases(all) {
      write(all.every(({ decision }) => decision === null) ? 'film' : 'decision', all.length)
      await store.saveCases(all)
    },
    async copyFilm(_file, hash) {
      asked.copies++
      write('copy', 1)
      return hash
    },
  }
  const { workstation } = await scriptedWorkstation(temporaryFolder(), { store: small })
  const importing = () => ask(workstation, 'importFiles', { paths, copy: true })
  const refusal = await importing().catch((error: unknown) => SimpleBitsError.from(error))
  const cases = (): Promise<CaseSummary[]> => ask(workstation, 'listCases', null)
  const [kept, copies] = [await cases(), asked.copies]
  room = true
  const again = await importing()
  const whole = await cases()
  await workstation.close()
  return { refusal, kept, copies, again, whole }
}

it.each([
  ['for further films', (what: string, before: number) => what !== 'film' || before < CHUNK, CHUNK],
  [
    'for further copies, of which none is tried then',
    (what: string, before: number) => what !== 'copy' || before < 39,
    39,
  ],
  ['for decisions', (what: string) => what !== 'decision', CHUNK],
  ['for anything', () => false, 0],
])('a disk without room %s ends an import, which says how many came in and goes on later', async (_, room, count) => {
  const { refusal, kept, copies, again, whole } = await importedOn(room)
  const films = count === 0 ? 'No films' : `${count} films`
  expect(refusal).toMatchObject({
    code: 'WRITE_FAILED',
    message: expect.stringContaining(`${films} came in before. Import the same again to go on.`) as string,
  })
  expect(kept).toHaveLength(count)
  expect(copies).toBeLessThanOrEqual(2 * CHUNK)
  expect(again).toMatchObject({ alreadyThere: count, failed: [] })
  expect(whole).toHaveLength(paths.length)
  expect(whole.every(({ decision }) => decision !== null)).toBe(true)
})
