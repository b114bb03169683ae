import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { simplificationExperiment, type RunState } from '../../contract'
import { naturalFolder } from '../support/naturalFolder'
import { keepScreen, lookOf } from './support/pictures'
import { answerDialogs, repository, startWorkstation, type RunningWorkstation } from './support/workstation'

/** A run of the training lab from its start to its result; each test goes on where the one before ended. */
test.describe.configure({ mode: 'serial' })

const tiny = simplificationExperiment.parse(
  JSON.parse(readFileSync(join(repository, 'test/fixtures/experiments/tiny-lab.json'), 'utf8')),
)
const small = { width: 1366, height: 768 }
const large = { width: 2560, height: 1440 }

let workstation: RunningWorkstation

test.beforeAll(async () => {
  const shared = resolve(repository, '../shared/data')
  process.env['SIMPLEBITS_DATA'] ??= existsSync(join(shared, 'natural')) ? shared : naturalFolder()
  workstation = await startWorkstation()
})
test.afterAll(() => workstation.close())

const shownState = (page: Page) => page.getByTestId('lab-run').getByTestId('run-state')
const toBe = (page: Page, state: RunState, timeout = 120_000) =>
  expect(shownState(page)).toHaveAttribute('data-state', state, { timeout })
const stepOf = async (page: Page) => Number(await page.getByTestId('lab-step').getAttribute('data-step'))
const lossCurve = (page: Page) => page.getByTestId('lab-curve-loss').locator('canvas')

test('the key L leads into the lab, which offers experiments', async () => {
  const { page } = workstation
  await expect(page.getByTestId('view-workstation')).toHaveAttribute('aria-current', 'page')
  await page.keyboard.press('l')
  await expect(page.getByTestId('experiment-entry').first()).toBeVisible({ timeout: 60_000 })
  await keepScreen(workstation, 'lab-1-empty', small)
  await page.getByTestId('experiment-entry').filter({ hasText: 'Digits under uniform noise' }).click()
  await expect(page.getByTestId('start-experiment')).toBeEnabled()
  await expect(page.getByTestId('estimate')).toBeVisible()
  await keepScreen(workstation, 'lab-2-experiment', small)
})

test('the form shows what is wrong at its field, and the time before starting', async () => {
  const { page } = workstation
  await page.keyboard.press('n')
  const field = (name: string) => page.getByTestId(`field-${name}`)
  await field('pressures').locator('input').fill('0, -1')
  await field('train').locator('input').fill('many')
  await expect(field('pressures')).toContainText('Must be at least 0')
  await expect(field('train')).toContainText('Must be a number')
  await expect(page.getByTestId('start-built')).toBeDisabled()
  await keepScreen(workstation, 'lab-3-form', small)
  await field('pressures').locator('input').fill('0, 1')
  await field('train').locator('input').fill('200')
  await expect(page.getByTestId('start-built')).toBeEnabled()
  await expect(page.getByTestId('estimate')).toBeVisible()
})

test('a run shows its curves and pictures while it is computed', async () => {
  test.setTimeout(400_000)
  const { page } = workstation
  const started = await page.evaluate((one) => window.api.call('labStart', { experiment: one }), tiny)
  if (!started.ok) throw new Error(started.error.message)
  await page.locator(`[data-testid="run-row"][data-run-id="${started.result.runId}"]`).click()
  await toBe(page, 'running')

  await expect(lossCurve(page)).toBeVisible({ timeout: 200_000 })
  const before = { step: await stepOf(page), look: await lookOf(lossCurve(page)) }
  await expect.poll(() => stepOf(page), { timeout: 120_000 }).toBeGreaterThan(before.step)
  expect((await lookOf(lossCurve(page))).hash).not.toBe(before.look.hash)

  await expect(page.getByTestId('lab-pictures').locator('canvas')).toHaveCount(2 * tiny.samples, { timeout: 200_000 })
  const first = await lookOf(page.getByTestId('lab-pictures').locator('canvas').first())
  expect(first.deviation).toBeGreaterThan(10)
  await keepScreen(workstation, 'lab-4-running', small)
  await keepScreen(workstation, 'lab-4-running-2560x1440', large)
})

test('pausing stops the curve, resuming moves it on', async () => {
  test.setTimeout(300_000)
  const { page } = workstation
  await page.getByTestId('lab-pause').click()
  await toBe(page, 'paused')
  const paused = await stepOf(page)
  await page.waitForTimeout(2000)
  expect(await stepOf(page)).toBe(paused)
  await keepScreen(workstation, 'lab-5-paused', small)
  await page.getByTestId('lab-resume').click()
  await toBe(page, 'running')
  await expect.poll(() => stepOf(page), { timeout: 120_000 }).not.toBe(paused)
})

test('a finished run shows its trade-off, and a point its pictures', async () => {
  test.setTimeout(600_000)
  const { page, app, scratch } = workstation
  await toBe(page, 'done', 500_000)
  await expect(page.getByTestId('lab-results')).toBeVisible()
  const points = page.getByTestId('trade-off-point')
  await expect(points).toHaveCount(4)
  for (const name of ['Blur of 1 pixel', 'JPEG, quality 20']) {
    await points.filter({ hasText: name }).click()
    await expect(page.getByTestId('pictures-of')).toContainText(name)
  }
  await points.filter({ hasText: 'λ 4' }).click()
  await expect(page.getByTestId('pictures-of')).toContainText('λ 4')
  await keepScreen(workstation, 'lab-6-done', small)
  await keepScreen(workstation, 'lab-6-done-2560x1440', large)

  const file = join(scratch, 'tiny.csv')
  await answerDialogs(app, { save: file })
  await page.getByTestId('lab-export-csv').click()
  await expect.poll(() => existsSync(file)).toBe(true)
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(5)
})

test('a stopped run stays stopped, and can be removed', async () => {
  test.setTimeout(200_000)
  const { page } = workstation
  const started = await page.evaluate((one) => window.api.call('labStart', { experiment: one }), tiny)
  if (!started.ok) throw new Error(started.error.message)
  const { runId } = started.result
  const row = page.locator(`[data-testid="run-row"][data-run-id="${runId}"]`)
  await row.click()
  await toBe(page, 'running')
  await page.getByTestId('lab-stop').click()
  await toBe(page, 'stopped')
  await expect(page.getByTestId('lab-resume')).toHaveCount(0)
  await page.getByTestId('lab-remove').click()
  await page.getByTestId('confirm-remove-run').click()
  await expect(row).toHaveCount(0)
  await page.getByTestId('condensed-sets').click()
  await expect(page.getByTestId('condensed-gallery')).toContainText('Digits condensed to one picture a class')
  await keepScreen(workstation, 'lab-7-condensed', small)
})
