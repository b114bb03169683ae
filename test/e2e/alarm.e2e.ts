import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { plantedFolder, writePlantedModels } from '../support/plantedModels'
import { keepScreen } from './support/pictures'
import { casesOf, classified, screen } from './support/screen'
import { answerDialogs, startWorkstation, type RunningWorkstation } from './support/workstation'

/** A classifier that reads a letter in place of the lungs: the audit shows the letter, and the alarm says so. */
test.describe.configure({ mode: 'serial' })

const models = mkdtempSync(join(tmpdir(), 'simplebits-planted-'))
let workstation: RunningWorkstation
let film = ''

test.beforeAll(async () => {
  await writePlantedModels(models)
  workstation = await startWorkstation({ models })
  await classified(workstation.page)
})
test.afterAll(async () => {
  await workstation.close()
  await rm(models, { recursive: true, force: true })
})

test('a film with a letter is called positive', async () => {
  const { app, page } = workstation
  await answerDialogs(app, { open: [join(plantedFolder, 'with-letter.png')] })
  await page.getByTestId('import-button').click()
  await expect.poll(async () => (await casesOf(page)).some(({ file }) => file.endsWith('with-letter.png'))).toBe(true)
  const found = (await classified(page)).find(({ file }) => file.endsWith('with-letter.png'))
  expect(found?.decision).toBe(true)
  film = found?.id ?? ''
})

test('its audit raises the alarm, frames the letter and puts the film into the queue', async () => {
  test.setTimeout(300_000)
  const { page } = workstation
  await page.evaluate(() => window.api.call('setSettings', { preset: 'standard' }))
  await page.reload()
  await screen(page).row(film).click()
  await screen(page).startAudit.click()
  const alarm = page.getByTestId('shortcut-alarm')
  await expect(alarm).toBeVisible({ timeout: 250_000 })
  await expect(alarm).toContainText('not anatomy')
  await expect(page.getByTestId('queue-alarm')).toHaveText(/\b1$/)

  // Drawn at columns 100 to 122 and rows 4 to 32 of 128, upper right.
  const place = await page.getByTestId('viewport-film').getByTestId('alarm-place').boundingBox()
  const canvas = await screen(page).canvas('film').boundingBox()
  if (!place || !canvas) throw new Error('nothing is framed')
  expect(place.x + place.width / 2).toBeGreaterThan(canvas.x + canvas.width / 2)
  expect(place.y + place.height / 2).toBeLessThan(canvas.y + canvas.height / 2)
  await keepScreen(workstation, 'alarm-raised-1366x768', { width: 1366, height: 768 })
  await keepScreen(workstation, 'alarm-raised')
  await page.getByTestId('tab-evidence').click()
  await expect(page.getByTestId('shortcut-alarm')).toBeVisible()
  await keepScreen(workstation, 'alarm-evidence')
})
