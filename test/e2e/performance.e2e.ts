import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { framesWhileDragging, isBusy, processorMilliseconds } from './support/frames'
import { memoryOf, openAndTime } from './support/opening'
import { keepScreen } from './support/pictures'
import { classified } from './support/screen'
import { writeSyntheticFilm } from './support/syntheticFilm'
import { answerDialogs, startWorkstation, type RunningWorkstation } from './support/workstation'

const MILLION = 1e6
/** Processor time a frame may take where the machine is busy with other things. */
const BUSY_FRAME_MS = 100

// Recording a trace would cost the time that is measured here.
test.use({ trace: 'off' })

let workstation: RunningWorkstation
/** The large film's case, and one of the bundled ones. */
let large: string
let other: string

test.beforeAll(async () => {
  workstation = await startWorkstation()
  const { app, page, scratch } = workstation
  await classified(page)
  const file = join(scratch, 'large.dcm')
  writeSyntheticFilm(file, { width: 3000, height: 3000, seed: 1, patientName: 'LARGE^FILM' })
  await answerDialogs(app, { open: [file] })
  await page.getByTestId('import-button').click()
  await expect(page.getByTestId('import-summary')).toBeVisible({ timeout: 30_000 })
  const cases = await classified(page)
  const added = cases.find((one) => one.file.endsWith('large.dcm'))
  if (!added) throw new Error('the large film was not imported')
  large = added.id
  other = cases.find((one) => one.id !== large)?.id ?? large
})
test.afterAll(() => workstation.close())

test('a 3000 × 3000 12-bit film shows its first pixel within a second', async () => {
  const { page } = workstation
  const times: number[] = []
  const costs: number[] = []
  // Other programs on the machine can only make it longer: the best of three counts.
  for (let i = 0; i < 3; i++) {
    await openAndTime(page, other)
    const before = processorMilliseconds(workstation)
    times.push(await openAndTime(page, large))
    costs.push(processorMilliseconds(workstation) - before)
  }
  const told = (values: readonly number[]) => values.map((value) => value.toFixed(0)).join(', ')
  const busy = isBusy()
  console.log(
    `first pixel of a 3000 × 3000 film: ${told(times)} ms after the click, ` +
      `${told(costs)} ms of processor time${busy ? '; the machine is busy with other things' : ''}`,
  )
  await keepScreen(workstation, 'large-film')
  // on a busy machine what it cost counts too, unless the clock itself says yes
  expect(Math.min(...times, ...(busy ? costs : []))).toBeLessThan(1000)
})

/** Window and level, pan, zoom; then the same with the film lying otherwise. */
const drags = [
  ['window and level', 'w', []],
  ['pan', 'p', []],
  ['zoom', 'z', []],
  ['window and level of the film turned and flipped', 'w', ['.', 'h']],
  ['pan of the film turned and flipped', 'p', ['.', 'h']],
] as const

test('dragging that film keeps up 30 frames a second and more', async () => {
  test.setTimeout(120_000)
  const { page } = workstation
  for (const [what, tool, before] of drags) {
    await page.keyboard.press('r')
    for (const key of [...before, tool]) await page.keyboard.press(key)
    const busy = isBusy()
    const { frames, perSecond, longest, cost } = await framesWhileDragging(workstation)
    console.log(
      `${what}: ${perSecond.toFixed(0)} frames/s over ${frames} frames, longest ${longest.toFixed(0)} ms, ` +
        `${cost.toFixed(0)} ms of processor time a frame${busy ? '; the machine is busy with other things' : ''}`,
    )
    // On a busy machine few frames bear the cost of all the mouse's moves: the limit is wider there, and the rate says nothing.
    if (busy) expect(cost).toBeLessThan(BUSY_FRAME_MS)
    else expect(perSecond).toBeGreaterThanOrEqual(30)
    expect(frames).toBeGreaterThan(busy ? 3 : 20)
  }
  await page.keyboard.press('r')
  await page.keyboard.press('w')
})

test('memory stays flat over 50 opened films', async () => {
  const { page } = workstation
  const ids = (await classified(page)).filter((one) => one.error === null).map((one) => one.id)
  const open = async (from: number, to: number) => {
    for (let i = from; i < to; i++) await openAndTime(page, ids[i % ids.length] ?? large)
  }
  // Caches fill during the first round.
  await open(0, ids.length)
  const before = await memoryOf(workstation)
  await open(ids.length, ids.length + 50)
  const after = await memoryOf(workstation)
  const told = (bytes: number) => `${(bytes / MILLION).toFixed(0)} MB`
  console.log(
    `50 films: window ${told(before.window)} → ${told(after.window)}, main ${told(before.main)} → ${told(after.main)}`,
  )
  expect(after.window - before.window).toBeLessThan(60 * MILLION)
  expect(after.main - before.main).toBeLessThan(60 * MILLION)
})
