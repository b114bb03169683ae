import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { encode } from 'fast-png'
import { keepScreen } from './support/pictures'
import { casesOf, classified, screen } from './support/screen'
import { writeSyntheticFilm } from './support/syntheticFilm'
import { answerDialogs, startWorkstation, type RunningWorkstation } from './support/workstation'

let workstation: RunningWorkstation
test.beforeAll(async () => {
  workstation = await startWorkstation()
  await classified(workstation.page)
})
test.afterAll(() => workstation.close())

test('a broken file is named with its reason, a sound one beside it comes in, and the app goes on', async () => {
  const { app, page, scratch } = workstation
  const before = (await casesOf(page)).length
  const broken = join(scratch, 'broken.dcm')
  const sound = join(scratch, 'sound.dcm')
  writeFileSync(broken, Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), Buffer.from('not a data set at all')]))
  writeSyntheticFilm(sound, { width: 600, height: 500, seed: 2, patientName: 'SOUND^FILM' })
  await answerDialogs(app, { open: [broken, sound] })
  await page.getByTestId('import-button').click()

  const message = page.getByTestId('import-failures')
  await expect(message).toContainText('broken.dcm', { timeout: 30_000 })
  const text = await message.innerText()
  expect(text).not.toContain('undefined')
  expect(text).not.toMatch(/\bat .+:\d+:\d+/)
  await keepScreen(workstation, 'import-broken')
  await page.keyboard.press('Escape')
  await expect(message).toBeHidden()

  const cases = await classified(page)
  expect(cases.filter((one) => one.error === null)).toHaveLength(before + 1)
  expect(cases.some((one) => one.file.endsWith('sound.dcm'))).toBe(true)
})

test('a picture without lungs is cautioned against, above the decision', async () => {
  const { app, page, scratch } = workstation
  const [side, file] = [300, join(scratch, 'gradient.png')]
  const data = Uint8Array.from({ length: side * side }, (_, i) => 20 + (190 * ((i % side) + i / side)) / (2 * side))
  writeFileSync(file, encode({ width: side, height: side, channels: 1, data }))
  await answerDialogs(app, { open: [file] })
  await page.getByTestId('import-button').click()
  await expect.poll(async () => (await casesOf(page)).some((one) => one.file === file)).toBe(true)
  const gradient = (await classified(page)).find((one) => one.file === file)
  await screen(page)
    .row(gradient?.id ?? '')
    .click()
  await expect(page.getByTestId('film-caution')).toContainText('has no meaning')
  await keepScreen(workstation, 'import-no-chest')
})

test('a film that says it is a CT is named in the worklist and cautioned against', async () => {
  const { page } = workstation
  const ct = (await casesOf(page)).find((one) => one.file.endsWith('udacity_nih_test5.dcm'))
  if (!ct) throw new Error('the bundled film that claims to be a CT is missing')
  await expect(screen(page).row(ct.id).getByTestId('row-caution')).toHaveText('Not a radiograph?')
  await screen(page).row(ct.id).click()
  await expect(page.getByTestId('film-caution')).toContainText('no plain radiograph')
})

test('the same film twice is one case', async () => {
  const { page } = workstation
  const before = (await casesOf(page)).length
  await answerDialogs(workstation.app, { open: [join(workstation.scratch, 'sound.dcm')] })
  await page.getByTestId('import-button').click()
  await expect(page.getByTestId('import-summary')).toContainText('already', { timeout: 30_000 })
  expect(await casesOf(page)).toHaveLength(before)
})

test('a cancelled dialog changes nothing', async () => {
  const { app, page } = workstation
  const before = (await casesOf(page)).length
  await answerDialogs(app, { open: null })
  await page.getByTestId('import-button').click()
  await page.waitForTimeout(300)
  expect(await casesOf(page)).toHaveLength(before)
  await expect(screen(page).rows).toHaveCount(before)
})
