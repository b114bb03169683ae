import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { casesOf, classified, screen } from '../e2e/support/screen'
import { answerDialogs, startWorkstation, type RunningWorkstation } from '../e2e/support/workstation'
import { plantedFolder, writePlantedModels } from '../support/plantedModels'
import { takePicture } from './takePicture'

/** What a raised alarm looks like: a classifier that reads a letter in the place of the product's. */
const models = mkdtempSync(join(tmpdir(), 'simplebits-planted-'))
let workstation: RunningWorkstation
test.beforeAll(async () => {
  await writePlantedModels(models)
  workstation = await startWorkstation({ models })
})
test.afterAll(async () => {
  await workstation.close()
  await rm(models, { recursive: true, force: true })
})

test('the shortcut alarm', async () => {
  const { app, page } = workstation
  await answerDialogs(app, { open: [join(plantedFolder, 'with-letter.png')] })
  await page.getByTestId('import-button').click()
  const added = async () => (await casesOf(page)).find(({ file }) => file.endsWith('with-letter.png'))
  await expect.poll(async () => (await added()) !== undefined).toBe(true)
  await classified(page)
  await screen(page)
    .row((await added())?.id ?? '')
    .click()
  await screen(page).startAudit.click()
  await expect(page.getByTestId('shortcut-alarm')).toBeVisible({ timeout: 400_000 })
  await takePicture(page, '10-alarm')
})
