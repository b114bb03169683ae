import { mkdtempSync, renameSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { keepScreen } from './support/pictures'
import { casesOf, classified, screen } from './support/screen'
import { writeSyntheticFilm } from './support/syntheticFilm'
import { answerDialogs, startWorkstation } from './support/workstation'

test('the first start asks how to lock, the next one for the passphrase; a wrong one loses nothing', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'simplebits-store-'))
  const store = join(scratch, 'store')
  const first = await startWorkstation({ passphrase: '', store })
  await expect(first.page.getByTestId('first-start')).toBeVisible()
  await keepScreen(first, 'store-first-start', { width: 1366, height: 768 })
  await keepScreen(first, 'store-first-start-large', { width: 2560, height: 1440 })
  const refused = await first.page.evaluate(() => window.api.call('listCases', null))
  expect(refused).toMatchObject({ ok: false, error: { code: 'STORE_LOCKED' } })
  await first.page.getByTestId('new-passphrase').locator('input').fill('correct horse')
  await first.page.getByTestId('new-passphrase-again').locator('input').fill('correct hose')
  await first.page.getByTestId('set-passphrase').click()
  await expect(first.page.getByText('The two entries differ.')).toBeVisible()
  await first.page.getByTestId('new-passphrase-again').locator('input').fill('correct horse')
  await first.page.getByTestId('set-passphrase').click()
  await expect(screen(first.page).rows.first()).toBeVisible({ timeout: 60_000 })
  const before = (await classified(first.page)).length
  await first.close()

  const next = await startWorkstation({ passphrase: '', store })
  const passphrase = next.page.getByTestId('passphrase').locator('input')
  await passphrase.fill('wrong horse')
  await next.page.getByTestId('unlock').click()
  await expect(next.page.getByText('This passphrase does not open the store.')).toBeVisible({ timeout: 30_000 })
  await keepScreen(next, 'store-wrong-passphrase', { width: 1366, height: 768 })
  await passphrase.fill('correct horse')
  await passphrase.press('Enter')
  await expect(screen(next.page).rows).toHaveCount(before, { timeout: 60_000 })
  expect(await casesOf(next.page)).toHaveLength(before)
  await next.close()
  await rm(scratch, { recursive: true, force: true })
})

test('unprotected is a choice, said plainly, and can be taken back in the settings', async () => {
  const workstation = await startWorkstation({ passphrase: '' })
  const { page } = workstation
  await page.getByTestId('keep-unprotected').click()
  await classified(page)
  await page.keyboard.press('Control+,')
  const settings = page.getByTestId('settings-dialog')
  await expect(settings).toContainText('unprotected on this computer')
  await page.getByTestId('change-passphrase').scrollIntoViewIfNeeded()
  await keepScreen(workstation, 'store-settings', { width: 1366, height: 768 })
  await page.getByTestId('change-passphrase').click()
  await page.getByTestId('new-passphrase').locator('input').fill('correct horse')
  await page.getByTestId('new-passphrase-again').locator('input').fill('correct horse')
  await page.getByTestId('set-passphrase').click()
  await expect(settings).toContainText('protected by a passphrase', { timeout: 30_000 })
  await expect(settings).not.toContainText('unprotected')
  await page.keyboard.press('Escape')
  await workstation.close()
})

test('a film that was moved says so, and is found again where the user shows it', async () => {
  const workstation = await startWorkstation()
  const { app, page, scratch } = workstation
  const [film, other, moved] = ['film.dcm', 'other.dcm', 'moved.dcm'].map((name) => join(scratch, name))
  if (!film || !other || !moved) throw new Error('three names')
  writeSyntheticFilm(film, { width: 600, height: 500, seed: 5, patientName: 'MOVED^FILM' })
  writeSyntheticFilm(other, { width: 600, height: 500, seed: 6, patientName: 'OTHER^FILM' })
  await answerDialogs(app, { open: [film, other] })
  await page.getByTestId('import-button').click()
  const idOf = async (file: string) => (await casesOf(page)).find((one) => one.file === file)?.id ?? ''
  await expect.poll(() => idOf(other), { timeout: 60_000 }).not.toBe('')
  // The program keeps the films of the last cases open; two others take their place.
  const bundled = (await classified(page)).filter((one) => one.bundled)
  for (const { id, title } of bundled.slice(0, 2)) {
    await screen(page).row(id).click()
    await expect(screen(page).canvas('film')).toBeVisible()
    expect(title).not.toBe('')
    await page.waitForTimeout(300)
  }
  renameSync(film, moved)
  await screen(page)
    .row(await idOf(film))
    .click()
  const locate = page.getByTestId('locate-film')
  await expect(locate).toBeVisible()
  await keepScreen(workstation, 'store-locate', { width: 1366, height: 768 })
  await answerDialogs(app, { open: [other] })
  await locate.click()
  await expect(page.getByText('This is another film')).toBeVisible()
  await answerDialogs(app, { open: [moved] })
  await locate.click()
  await expect(screen(page).canvas('film')).toBeVisible()
  expect(await idOf(moved)).not.toBe('')
  await workstation.close()
})
