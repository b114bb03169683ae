import { expect, test, type Page } from '@playwright/test'
import type { CaseSummary, Zones } from '../../contract'
import { keepScreen } from './support/pictures'
import { casesOf, classified, screen } from './support/screen'
import { startWorkstation, type RunningWorkstation } from './support/workstation'

/** Outlines over the film, corrected by hand; bits by zone; an audit of one zone. Each test goes on where the one before ended. */
test.describe.configure({ mode: 'serial' })

let workstation: RunningWorkstation
let chosen: CaseSummary

test.beforeAll(async () => {
  workstation = await startWorkstation()
  const cases = await classified(workstation.page)
  const first = cases.find(({ decision }) => decision) ?? cases[0]
  if (!first) throw new Error('there is no case')
  chosen = first
})
test.afterAll(() => workstation.close())

const zonesOf = async (page: Page): Promise<{ zones: Zones; labels: number[] }> => {
  const answer = await page.evaluate(async (caseId) => {
    const asked = await window.api.call('zones', { caseId })
    // Typed arrays do not cross from the page.
    return asked.ok ? { zones: asked.result.zones, labels: [...asked.result.labels] } : asked.error.message
  }, chosen.id)
  if (typeof answer === 'string') throw new Error(answer)
  return answer
}

const shares = (page: Page) => page.getByTestId('zone-share').allTextContents()

test('the outlines of the lungs appear over the film', async () => {
  const { page } = workstation
  await screen(page).row(chosen.id).click()
  await page.getByTestId('tab-evidence').click()
  await page.getByTestId('zones-toggle').click()
  const film = page.getByTestId('viewport-film')
  await expect(film.getByTestId('zone-outline-pictureLeft')).toBeVisible()
  await expect(film.getByTestId('zone-outline-pictureRight')).toBeVisible()
  const box = await film.getByTestId('zone-outline-pictureLeft').boundingBox()
  const view = await film.locator('.view').boundingBox()
  expect(box && view && box.width > 0.1 * view.width && box.x > view.x).toBe(true)
})

test('an audit that keeps one zone leaves it as on the film, and says so', async () => {
  test.setTimeout(300_000)
  const { page } = workstation
  await page.evaluate(() => window.api.call('setSettings', { preset: 'quick' }))
  await page.reload()
  await screen(page).row(chosen.id).click()
  await page.getByTestId('tab-evidence').click()
  await page.getByTestId('zones-toggle').click()
  await page.getByTestId('restriction-zone').click()
  await page.getByRole('option', { name: 'Both lungs' }).click()
  await page.getByTestId('restricted-audit').click()
  // Ended early, an audit keeps what it has: what must be true of every stop needs no long search.
  await expect.poll(() => screen(page).stops.count(), { timeout: 200_000 }).toBeGreaterThan(2)
  await page.getByTestId('cancel-audit').click()
  await expect
    .poll(async () => (await casesOf(page)).find(({ id }) => id === chosen.id)?.status, { timeout: 90_000 })
    .toBe('audited')
  await expect(page.getByTestId('restriction-result')).toContainText('Both lungs: kept as on the film')
  const labels = (await zonesOf(page)).labels
  const audited = await page.evaluate(async (caseId) => {
    const opened = await window.api.call('openCase', { caseId })
    if (!opened.ok || !opened.result.audit) return null
    const { audit, modelInput } = opened.result
    const view = await window.api.call('frame', { caseId, frame: audit.simplified.frame })
    if (!view.ok) return null
    return { restriction: audit.restriction, film: [...modelInput.pixels], picture: [...view.result.picture] }
  }, chosen.id)
  expect(audited?.restriction).toMatchObject({ mode: 'keep', brushed: false })
  const isLung = (label: number | undefined) => label !== undefined && label >= 3 && label <= 6
  const differs = audited?.picture.map((level, i) => level !== audited.film[i]) ?? []
  expect(differs.filter((is, i) => is && isLung(labels[i]))).toEqual([])
  expect(differs.filter((is, i) => is && !isLung(labels[i])).length).toBeGreaterThan(1000)
})

test('bits by zone stand there after the audit, a row a zone', async () => {
  const { page } = workstation
  await expect(page.getByTestId('zone-row-mediastinum')).toContainText(/bit · \d+\s% area/)
  await expect.poll(async () => (await shares(page)).length).toBe(9)
})

test('a dragged point changes the zones and their numbers; undo brings both back', async () => {
  const { page } = workstation
  const before = await zonesOf(page)
  const numbers = await shares(page)
  await page.getByTestId('zones-edit').click()
  const point = page.getByTestId('viewport-film').getByTestId('zone-point-pictureLeft-7')
  const box = await point.boundingBox()
  if (!box) throw new Error('the point is not on screen')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + 45, box.y, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => (await zonesOf(page)).zones.source).toBe('corrected')
  await expect.poll(() => shares(page)).not.toEqual(numbers)
  await keepScreen(workstation, 'zones-1-dragged')
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await zonesOf(page)).zones).toEqual(before.zones)
  await expect.poll(() => shares(page)).toEqual(numbers)
  await page.getByTestId('zones-edit').click()
})

test('everything can be read at both sizes', async () => {
  const { page } = workstation
  for (const [width, height] of [
    [1366, 768],
    [2560, 1440],
  ] as const) {
    await keepScreen(workstation, `zones-2-${width}`, { width, height })
    await page.getByTestId('restricted-audit').scrollIntoViewIfNeeded()
    await keepScreen(workstation, `zones-3-${width}`, { width, height })
    await page.getByTestId('tab-evidence').scrollIntoViewIfNeeded()
  }
})
