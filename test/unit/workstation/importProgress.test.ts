import { expect, it } from 'vitest'
import { ask } from '../../support/ask'
import { scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

it('the time left of an import is that of the films that are still to come, once there is a pace to go by', async () => {
  let now = 0
  const clock = { now: () => new Date((now += 1000)) }
  const { workstation, events } = await scriptedWorkstation(temporaryFolder(), { clock })
  await ask(workstation, 'importFiles', { paths: Array.from({ length: 6 }, (_, i) => `/films/film-${i + 1}.dcm`) })
  const told = events.filter((event) => event.type === 'import')
  expect(told.map(({ done, total, secondsLeft }) => [done, total, secondsLeft === null])).toEqual([
    ...[1, 2, 3, 4].map((done) => [done, 6, true]),
    [5, 6, false],
    [6, 6, false],
  ])
  // The pace is that of the five before it: one film is a fifth of their time.
  expect(told[4]?.secondsLeft).toBeGreaterThan(0)
  expect(told.at(-1)?.secondsLeft).toBe(0)
  await workstation.close()
})
