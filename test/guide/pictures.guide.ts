import { expect, test } from '@playwright/test'
import { classified, screen } from '../e2e/support/screen'
import { startWorkstation, type RunningWorkstation } from '../e2e/support/workstation'
import { takePicture } from './takePicture'

/** The way of docs/user-guide.md through the app, a picture at each of its stations. */
test.describe.configure({ mode: 'serial' })

let workstation: RunningWorkstation
test.beforeAll(async () => {
  workstation = await startWorkstation()
})
test.afterAll(() => workstation.close())

const take = (name: string) => takePicture(workstation.page, name)

test('worklist and film', async () => {
  const { page } = workstation
  const cases = await classified(page)
  const wrong = cases.find(({ file }) => file.includes('nih_00012012_007')) ?? cases.find((one) => one.misclassified)
  if (!wrong) throw new Error('no bundled film is misclassified')
  await screen(page).row(wrong.id).click()
  await expect(page.getByTestId('instant-estimate')).toBeVisible()
  await take('1-worklist')
})

test('audit', async () => {
  const { page } = workstation
  await screen(page).startAudit.click()
  await expect.poll(() => screen(page).stops.count()).toBeGreaterThan(2)
  await take('2-auditing')
  await expect(page.getByTestId('certificate')).toBeVisible({ timeout: 400_000 })
  await page.getByTestId('map-detail').click()
  await take('3-decision')
})

test('evidence', async () => {
  const { page } = workstation
  await page.getByTestId('tab-evidence').click()
  await page.getByTestId('zones-toggle').click()
  await expect(page.getByTestId('zone-outline-pictureLeft').first()).toBeVisible()
  await take('4-zones')
  await page.getByTestId('methods-start').click()
  await expect(page.getByTestId('methods-table')).toContainText('Occlusion', { timeout: 400_000 })
  await expect(page.getByTestId('methods-progress')).toHaveCount(0, { timeout: 400_000 })
  await page.getByTestId('methods-card').scrollIntoViewIfNeeded()
  await take('5-methods')
  await page.keyboard.press('3')
})

test('finding', async () => {
  const { page } = workstation
  await page.getByTestId('tab-finding').click()
  await page.getByTestId('reader-name').locator('input').fill('Dr. A')
  await page.getByTestId('reader-start').click()
  for (const answer of ['effusion-right', 'size-small', 'agrees-no']) await page.getByTestId(answer).click()
  await expect(page.getByTestId('finding-state')).toHaveText(/^Saved/)
  await take('6-finding')
})

test('cohort, lab and settings', async () => {
  const { page } = workstation
  await page.getByTestId('view-cohort').click()
  await expect(page.getByTestId('cohort-roc')).toBeVisible()
  await take('7-cohort')
  await page.getByTestId('view-lab').click()
  await expect(page.getByTestId('lab')).toBeVisible()
  const committed = page.getByTestId('run-row').first()
  if ((await committed.count()) > 0) await committed.click()
  await take('8-lab')
  await page.getByTestId('view-workstation').click()
  await page.keyboard.press('Control+,')
  await expect(page.getByTestId('settings-dialog')).toBeVisible()
  await take('9-settings')
})
