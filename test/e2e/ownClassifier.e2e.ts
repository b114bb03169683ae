import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import type { CaseDetail, CaseId } from '../../contract'
import { keepScreen } from './support/pictures'
import { casesOf, classified, screen } from './support/screen'
import { answerDialogs, repository, startWorkstation, type RunningWorkstation } from './support/workstation'

/** A classifier from elsewhere: refused, added, used, audited, removed; each test goes on where the one before ended. */
test.describe.configure({ mode: 'serial' })

const fixture = join(repository, 'test/fixtures/own-classifier/efficientnet-lite0')
const small = { width: 1366, height: 768 }
const large = { width: 2560, height: 1440 }

let workstation: RunningWorkstation
let bundled: ReadonlyMap<string, number | null>

test.beforeAll(async () => {
  workstation = await startWorkstation()
})
test.afterAll(() => workstation.close())

const item = (page: Page, name: string) => page.locator(`[data-testid="classifier"][data-name="${name}"]`)
const probabilities = async (page: Page) => new Map((await casesOf(page)).map((one) => [one.id, one.probability]))

async function pick(folder: string): Promise<void> {
  await answerDialogs(workstation.app, { open: [folder] })
  await workstation.page.getByTestId('add-classifier').click()
}

test('a damaged one is refused with the file’s name, and nothing is kept', async () => {
  const { page, scratch } = workstation
  await classified(page)
  bundled = await probabilities(page)
  await expect(page.getByTestId('classifier-chip')).toContainText('effusion-128')
  await page.getByTestId('classifier-chip').click()
  await expect(item(page, 'effusion-128')).toContainText('In use')
  const before = await page.getByTestId('classifier').count()

  const damaged = join(scratch, 'damaged')
  cpSync(fixture, damaged, { recursive: true })
  const shard = join(damaged, 'group1-shard1of1.bin')
  const bytes = readFileSync(shard)
  bytes[100] = (bytes[100] ?? 0) ^ 1
  writeFileSync(shard, bytes)
  await pick(damaged)
  await expect(page.getByTestId('classifier-refusal')).toContainText('group1-shard1of1.bin')
  await expect(page.getByTestId('classifier')).toHaveCount(before)
  await keepScreen(workstation, 'own-1-refused', small)
})

test('a sound one is tried on the bundled films and listed', async () => {
  const { page } = workstation
  await pick(fixture)
  await expect(item(page, 'efficientnet-lite0')).toBeVisible({ timeout: 120_000 })
  await expect(page.getByTestId('classifier-refusal')).toBeHidden()
  await expect(item(page, 'efficientnet-lite0').getByTestId('classifier-standing')).toContainText(
    'decide and be audited',
  )
  await item(page, 'efficientnet-lite0').getByRole('button', { name: 'Test, source and licence' }).click()
  await expect(item(page, 'efficientnet-lite0').locator('[data-check="gradient"]')).toHaveClass(/ok/)
  await expect(item(page, 'efficientnet-lite0').getByTestId('classifier-limits')).toContainText('shuffled weights')
  await keepScreen(workstation, 'own-2-added', small)
  await keepScreen(workstation, 'own-2-added-large', large)
})

test('in use, it decides about every film', async () => {
  const { page } = workstation
  await item(page, 'efficientnet-lite0').getByTestId('use-classifier').click()
  await expect(item(page, 'efficientnet-lite0')).toContainText('In use', { timeout: 60_000 })
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('classifier-chip')).toContainText('efficientnet-lite0')
  await classified(page)
  const now = await probabilities(page)
  expect([...now].filter(([id, probability]) => probability === bundled.get(id))).toEqual([])
  await keepScreen(workstation, 'own-3-in-use', small)
})

test('it is audited, and the record says whose it is and what it saw', async () => {
  test.setTimeout(300_000)
  const { page } = workstation
  await page.evaluate(() => window.api.call('setSettings', { preset: 'quick' }))
  await page.reload()
  const [one] = await casesOf(page)
  if (!one) throw new Error('there is no case')
  await screen(page).row(one.id).click()
  await screen(page).startAudit.click()
  await expect(page.getByTestId('classifier-note')).toContainText('reduced to 112 × 112', { timeout: 240_000 })
  const { audit } = await detailOf(page, one.id)
  expect(audit?.model.name).toBe('efficientnet-lite0')
  expect(audit?.own?.layers).toBeGreaterThan(30)
  expect(audit?.certificate.gradientDistance).toBeNull()
  // What cannot be had is said where it would be looked for; what can be had is asked.
  const tests = page.getByTestId('further-tests')
  await expect(tests).toContainText('Not for a classifier of your own')
  await page.getByTestId('tests-start').click()
  await expect(tests).toContainText('effusion-128, which never saw the search, says of the film', {
    timeout: 120_000,
  })
  await expect(tests).toContainText('built and trained differently from yours')
  await expect(page.getByTestId('tests-start')).toHaveCount(0)
  await tests.scrollIntoViewIfNeeded()
  await keepScreen(workstation, 'own-4-tested', small)
  await keepScreen(workstation, 'own-4-audited', small)
  await keepScreen(workstation, 'own-4-audited-large', large)
})

test('removed, the bundled one decides again and the audit says that it is another’s', async () => {
  const { page } = workstation
  await page.getByTestId('classifier-chip').click()
  await item(page, 'efficientnet-lite0').getByTestId('remove-classifier').click()
  await page.getByTestId('confirm-remove-classifier').click()
  await expect(item(page, 'efficientnet-lite0')).toHaveCount(0, { timeout: 60_000 })
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('classifier-chip')).toContainText('effusion-128')
  await classified(page)
  expect(await probabilities(page)).toEqual(bundled)
  await expect(page.getByTestId('classifier-note')).toContainText('was made with the classifier efficientnet-lite0')
  await keepScreen(workstation, 'own-5-removed', small)
})

async function detailOf(page: Page, caseId: CaseId): Promise<CaseDetail> {
  const answer = await page.evaluate((id) => window.api.call('openCase', { caseId: id }), caseId)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.result
}
