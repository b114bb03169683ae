import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { CaseId, CaseSummary } from '../../contract'
import { keepScreen, lookOf } from './support/pictures'
import { classified, screen } from './support/screen'
import { startWorkstation, type RunningWorkstation } from './support/workstation'

/** Other methods, the picture that flips the decision, and the further tests of a finished audit, on the real engine. */
test.describe.configure({ mode: 'serial' })

let workstation: RunningWorkstation
let chosen: CaseSummary
const store = mkdtempSync(join(tmpdir(), 'simplebits-explained-'))
const SEARCH = 400_000

test.beforeAll(async () => {
  workstation = await startWorkstation({ store })
})
test.afterAll(async () => {
  await workstation.close()
  await rm(store, { recursive: true, force: true })
})

test('a quick audit to stand beside', async () => {
  test.setTimeout(SEARCH)
  const { page } = workstation
  await page.evaluate(() => window.api.call('setSettings', { preset: 'quick' }))
  await page.reload()
  const cases = await classified(page)
  // A film with a second opinion, so that all cards are there.
  const known = cases.find(({ file }) => file.includes('nih_00001582_023'))
  if (!known) throw new Error('the bundled film is missing')
  chosen = known
  await screen(page).row(chosen.id).click()
  await expect(screen(page).startAudit).toBeEnabled()
  await expect(page.getByTestId('second-opinion')).toContainText(/DenseNet-121 says: effusion \d+\s%/)
  await expect(page.getByTestId('second-opinion')).toContainText('agreement is no independent confirmation')
  await screen(page).startAudit.click()
  await expect(page.getByTestId('certificate')).toBeVisible({ timeout: SEARCH })
  await page.getByTestId('second-opinion').scrollIntoViewIfNeeded()
  await keepScreen(workstation, 'explain-1-second-opinion')
})

test('the map pane shows the detail left, by bars and place, and keeps that face after a restart of the window', async () => {
  const { page } = workstation
  const map = async () => (await lookOf(screen(page).canvas('bitmap'))).hash
  const bits = await map()
  const bars = page.getByTestId('detail-left')
  await expect(bars).toContainText(/under \d+.*%.*over \d+.*%/s)
  await page.getByTestId('map-detail').click()
  await expect.poll(map).not.toBe(bits)
  await expect(page.getByTestId('colour-bar')).toContainText(/0\s%.*\d+\s%/s)
  const film = await screen(page).canvas('film').boundingBox()
  if (!film) throw new Error('the film is not on screen')
  await page.mouse.move(film.x + film.width / 2, film.y + film.height / 2)
  await expect(page.getByTestId('readout-bitmap')).toHaveText(/^detail left (< )?\d+\s%$/)
  await page.mouse.move(5, 5)
  await keepScreen(workstation, 'explain-1-detail-left')
  const shown = await map()
  await page.waitForTimeout(600)
  await page.reload()
  await screen(page).row(chosen.id).click()
  await expect.poll(map).toBe(shown)
  await page.getByTestId('map-kept').click()
})

test('other methods come map by map into the stage, and the table marks the best', async () => {
  test.setTimeout(SEARCH)
  const { page } = workstation
  await page.getByTestId('tab-evidence').click()
  await page.getByTestId('methods-start').click()
  await expect(page.getByTestId('explain-grid')).toBeVisible()
  for (const pane of ['gradCam', 'integratedGradients', 'occlusion'] as const)
    await expect
      .poll(async () => (await lookOf(screen(page).canvas(pane))).deviation, { timeout: SEARCH })
      .toBeGreaterThan(1)
  await keepScreen(workstation, 'explain-2-maps')
  const table = page.getByTestId('methods-table')
  for (const name of [
    'Bit map, kept',
    'Detail left',
    'Bit map, film',
    'Grad-CAM',
    'Integrated gradients',
    'Occlusion',
    'Random order',
  ])
    await expect(table).toContainText(name, { timeout: SEARCH })
  await expect(page.getByTestId('methods-progress')).toHaveCount(0)
  await expect(table.locator('.best').first()).toBeVisible()
  // Whatever is scrolled to, the window's own head stays where it is.
  await table.evaluate((element) => element.scrollIntoView({ block: 'start' }))
  expect((await page.getByTestId('research-banner').boundingBox())?.y).toBeGreaterThan(0)
  await keepScreen(workstation, 'explain-3-table-1366x768', { width: 1366, height: 768 })
  await keepScreen(workstation, 'explain-3-table-2560x1440', { width: 2560, height: 1440 })
  await keepScreen(workstation, 'explain-3-table')
})

test('a method’s map lies over the film instead of the bit map, and back', async () => {
  const { page } = workstation
  const film = async () => (await lookOf(screen(page).canvas('film'))).hash
  const before = await film()
  await page.getByTestId('over-film-occlusion').click()
  await expect.poll(film).not.toBe(before)
  const over = await film()
  await page.getByTestId('over-film-gradCam').click()
  await expect.poll(film).not.toBe(over)
  await page.getByTestId('over-film-gradCam').click()
  await page.keyboard.press('3')
  await expect(page.getByTestId('explain-grid')).toHaveCount(0)
  await page.keyboard.press('4')
  await expect(page.getByTestId('explain-grid')).toBeVisible()
  await page.getByTestId('show-methods').click()
  await expect(page.getByTestId('explain-grid')).toHaveCount(0)
})

test('pressing on shows the pictures on either side of the flip, or says that there is none', async () => {
  test.setTimeout(SEARCH)
  const { page } = workstation
  await page.getByTestId('counterfactual-start').click()
  const outcome = page.getByTestId('counterfactual-outcome')
  await expect(outcome).toBeVisible({ timeout: SEARCH })
  const { stopped, isFlipped } = await flipOf(chosen.id)
  expect(stopped).toBe('finished')
  await expect(outcome).toContainText(isFlipped ? 'The decision holds down to' : 'The decision did not flip')
  if (isFlipped) {
    await expect(page.getByTestId('explain-grid')).toBeVisible()
    await expect.poll(async () => (await lookOf(screen(page).canvas('lastKept'))).deviation).toBeGreaterThan(1)
  } else await expect(page.getByTestId('explain-grid')).toBeHidden()
  await outcome.scrollIntoViewIfNeeded()
  await keepScreen(workstation, 'explain-4-flip-1366x768', { width: 1366, height: 768 })
  await keepScreen(workstation, 'explain-4-flip-2560x1440', { width: 2560, height: 1440 })
  await keepScreen(workstation, 'explain-4-flip')
})

test('further tests of the certificate run with progress, and can be cancelled without harm', async () => {
  const { page } = workstation
  await page.getByTestId('tab-decision').click()
  const second = 'asks effusion-128-b, a second classifier, which never saw the search'
  await expect(page.getByTestId('further-tests')).toContainText(second)
  await page.getByTestId('tests-start').click()
  await expect(page.getByTestId('tests-progress')).toContainText(/search 1 of 3, real weights/, { timeout: SEARCH })
  await page.getByTestId('tests-progress').scrollIntoViewIfNeeded()
  await keepScreen(workstation, 'explain-5-tests')
  await page.getByTestId('tests-cancel').click()
  await expect(page.getByTestId('tests-start')).toBeEnabled({ timeout: SEARCH })
  expect((await auditOf(chosen.id))?.tests?.randomised).toBeUndefined()
})

test('what was computed is there again after a restart, without computing', async () => {
  await workstation.close()
  workstation = await startWorkstation({ store })
  const { page } = workstation
  await screen(page).row(chosen.id).click()
  await page.getByTestId('tab-evidence').click()
  await expect(page.getByTestId('methods-table')).toBeVisible()
  await expect(page.getByTestId('counterfactual-outcome')).toBeVisible()
  await page.getByTestId('show-methods').click()
  await expect.poll(async () => (await lookOf(screen(page).canvas('occlusion'))).deviation).toBeGreaterThan(1)
})

/** How pressing on ended by the main side's word; the pictures of it stay in the window. */
const flipOf = (id: CaseId) =>
  workstation.page.evaluate(async (caseId) => {
    const answer = await window.api.call('knownExplanation', { caseId })
    if (!answer.ok) throw new Error(answer.error.message)
    const found = answer.result.counterfactual
    return { stopped: found?.stopped, isFlipped: found?.firstFlipped != null }
  }, id)

async function auditOf(id: CaseId) {
  const answer = await workstation.page.evaluate((caseId) => window.api.call('openCase', { caseId }), id)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.result.audit
}
