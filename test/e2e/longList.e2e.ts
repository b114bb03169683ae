import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { keepScreen } from './support/pictures'
import { casesOf, screen } from './support/screen'
import { repository, resize, startWorkstation, TEST_PASSPHRASE, type RunningWorkstation } from './support/workstation'

const FILMS = 400

/** Lists of more than a hundred films are drawn in blocks, where they are looked at. */
test.describe.configure({ mode: 'serial' })

let folder = ''
let workstation: RunningWorkstation
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'simplebits-long-'))
  const fill = ['--import', 'tsx', join(repository, 'test/support/storeOfMany.ts')]
  execFileSync(process.execPath, [...fill, folder, TEST_PASSPHRASE, `${FILMS}`], { cwd: repository })
  workstation = await startWorkstation({ store: folder })
  await expect(screen(workstation.page).rows.first()).toBeVisible({ timeout: 60_000 })
  // The bundled films come in behind them; rows grow with what is said of their films.
  const settled = async () => {
    const bundled = (await casesOf(workstation.page)).filter((film) => film.bundled)
    return bundled.length > 0 && bundled.every(({ decision }) => decision !== null)
  }
  await expect.poll(settled, { timeout: 60_000 }).toBe(true)
})
test.afterAll(async () => {
  await workstation.close()
  await rm(folder, { recursive: true, force: true })
})

const listOf = (page: Page) => page.getByRole('listbox', { name: 'Films' })
const scrollTo = (page: Page, share: number) =>
  listOf(page).evaluate((list, of) => list.scrollTo({ top: of * list.scrollHeight }), share)
/** Place in the list of the row in the middle of what is seen; 0 where there is a gap. */
const middleOf = (page: Page) =>
  listOf(page).evaluate((list) => {
    const { left, top, height } = list.getBoundingClientRect()
    const row = document.elementFromPoint(left + 30, top + height / 2)?.closest('[data-testid="worklist-row"]')
    return Number(row?.getAttribute('aria-posinset') ?? 0)
  })
const rowAt = (page: Page, place: number) => listOf(page).locator(`[aria-posinset="${place}"]`)
const heightOf = (page: Page) => listOf(page).evaluate((list) => list.scrollHeight)

test('a part of the rows is drawn, and wherever one scrolls there are rows', async () => {
  const { page } = workstation
  const { rows } = screen(page)
  expect(await rows.count()).toBeLessThan(FILMS / 4)
  const before = await heightOf(page)
  for (const share of [0.25, 0.5, 0.75, 1]) {
    await scrollTo(page, share)
    await expect.poll(() => middleOf(page)).toBeGreaterThan(share * FILMS * 0.8)
    expect(await rows.count()).toBeLessThan(FILMS / 4)
  }
  // What is drawn for the first time may be taller than was guessed.
  await expect(async () => {
    await scrollTo(page, 1)
    await expect(rows.last()).toBeInViewport({ timeout: 500 })
  }).toPass()
  await expect(rows.last()).toHaveAttribute('aria-posinset', (await rows.last().getAttribute('aria-setsize')) ?? '')
  expect(Math.abs((await heightOf(page)) / before - 1)).toBeLessThan(0.2)
})

test('keys lead from block to block, and the open film stays in sight where the window gets smaller', async () => {
  const { app, page } = workstation
  await resize(app, 1600, 1000)
  await scrollTo(page, 0.5)
  await expect.poll(() => middleOf(page)).toBeGreaterThan(0)
  const place = await middleOf(page)
  await rowAt(page, place).click()
  // More than a block.
  for (let i = 0; i < 25; i++) await page.keyboard.press('PageDown')
  const later = rowAt(page, place + 25)
  await expect(later).toHaveAttribute('aria-selected', 'true')
  await expect(later).toBeInViewport({ ratio: 0.9 })
  await resize(app, 1024, 640)
  await expect(later).toBeInViewport({ ratio: 0.9 })
  await keepScreen(workstation, 'long-list', { width: 1024, height: 640 })

  await scrollTo(page, 0)
  await expect(later).not.toBeInViewport()
  await resize(app, 1100, 700)
  await page.waitForTimeout(300)
  await expect(later).not.toBeInViewport()
  await listOf(page).focus()
  await page.keyboard.press('ArrowDown')
  await expect(rowAt(page, place + 26)).toBeInViewport({ ratio: 0.9 })
})
