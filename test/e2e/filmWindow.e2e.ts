import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { keepScreen, lookOf, restingLook } from './support/pictures'
import { classified, screen } from './support/screen'
import { writeSyntheticFilm } from './support/syntheticFilm'
import { answerDialogs, repository, startWorkstation, type RunningWorkstation } from './support/workstation'

/** An earlier film beside the present one; the film in a window of its own. */
test.describe.configure({ mode: 'serial' })

let workstation: RunningWorkstation
let present: string

test.beforeAll(async () => {
  workstation = await startWorkstation()
  const { app, page, scratch } = workstation
  await classified(page)
  const films = [
    { name: 'present.dcm', studyDate: '20170420', seed: 5, width: 900, height: 1100 },
    { name: 'prior.dcm', studyDate: '20170118', seed: 6, width: 600, height: 800 },
    { name: 'older.dcm', studyDate: '20141102', seed: 7, width: 700, height: 800 },
  ].map(({ name, ...film }) => ({ file: join(scratch, name), ...film }))
  for (const { file, ...film } of films)
    writeSyntheticFilm(file, { ...film, patientName: 'PRIOR^FILM', patientId: 'P7' })
  await answerDialogs(app, { open: films.map(({ file }) => file) })
  await page.getByTestId('import-button').click()
  await expect(page.getByTestId('import-summary')).toBeVisible({ timeout: 30_000 })
  const found = (await classified(page)).find((one) => one.file === films[0]?.file)
  if (!found) throw new Error('the film was not imported')
  present = found.id
  await screen(page).row(present).click()
  await expect.poll(async () => (await lookOf(screen(page).canvas('film'))).deviation).toBeGreaterThan(10)
})
test.afterAll(() => workstation.close())

const priorCanvas = () => workstation.page.getByTestId('viewport-prior').locator('.host canvas')

async function middleOf(page: Page, pane: string) {
  const box = await page.getByTestId(`viewport-${pane}`).locator('.host canvas').boundingBox()
  if (!box) throw new Error(`${pane} is not on screen`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

test('the prior film stands beside with its date, linked in zoom and with its own window', async () => {
  const { page } = workstation
  await page.getByTestId('prior').click()
  await expect.poll(async () => (await lookOf(priorCanvas())).deviation).toBeGreaterThan(10)
  await expect(page.getByTestId('prior-interval')).toHaveText('3 months before')
  await expect(page.getByTestId('viewport-bitmap')).toHaveCount(0)
  await keepScreen(workstation, 'viewer-prior')
  await keepScreen(workstation, 'viewer-prior-1366x768', { width: 1366, height: 768 })
  await keepScreen(workstation, 'viewer-prior')

  const before = {
    film: await page.getByTestId('readout-film').innerText(),
    look: (await restingLook(priorCanvas())).hash,
  }
  const { x, y } = await middleOf(page, 'prior')
  await page.mouse.move(x, y)
  await page.mouse.wheel(0, -300)
  await page.mouse.move(5, 5)
  await expect(page.getByTestId('readout-film')).toContainText('fit × 1.6')
  await expect(page.getByTestId('readout-prior')).toContainText('fit × 1.6')
  await page.keyboard.press('f')
  await expect(page.getByTestId('readout-film')).toHaveText(before.film)

  await page.keyboard.press('w')
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 60, y + 40, { steps: 5 })
  await page.mouse.up()
  await page.mouse.move(5, 5)
  await expect(page.getByTestId('readout-film')).toHaveText(before.film)
  await expect.poll(async () => (await lookOf(priorCanvas())).hash).not.toBe(before.look)
})

test('another prior can be chosen', async () => {
  const { page } = workstation
  await page.getByTestId('prior-chooser').selectOption({ index: 1 })
  await expect(page.getByTestId('prior-interval')).toHaveText('2 years before')
  await page.keyboard.press('3')
  await expect(page.getByTestId('viewport-bitmap')).toBeVisible()
  await expect(page.getByTestId('viewport-prior')).toHaveCount(0)
})

test('the film in its own window follows the workstation, and leads it', async () => {
  const { app, page } = workstation
  const opening = app.waitForEvent('window')
  await page.getByTestId('film-window-button').click()
  const film = await opening
  const canvas = screen(film).canvas('film')
  await expect.poll(async () => (await lookOf(canvas)).deviation).toBeGreaterThan(10)
  await expect(film.getByTestId('film-window')).toContainText('Research use only')

  const before = (await restingLook(canvas)).hash
  await page.keyboard.press('i')
  await expect.poll(async () => (await lookOf(canvas)).hash).not.toBe(before)
  await page.keyboard.press('i')
  await expect.poll(async () => (await lookOf(canvas)).hash).toBe(before)

  const { x, y } = await middleOf(film, 'film')
  await film.mouse.move(x, y)
  await film.mouse.wheel(0, -300)
  // Over the film the corner would tell what lies under the cursor.
  await film.mouse.move(5, 5)
  await expect(page.getByTestId('readout-film')).toContainText('fit × 1.6')
  await film.keyboard.press('h')
  await expect(page.getByTestId('viewport-film').getByTestId('turn-hint')).toContainText('Flipped')
  await film.screenshot({ path: join(repository, 'out/e2e/screens/viewer-film-window.png') })
  await page.keyboard.press('r')
  await expect(film.getByTestId('turn-hint')).toHaveCount(0)

  // Another case in the workstation is another film there.
  const other = (await classified(page)).find((one) => one.bundled)
  if (!other) throw new Error('there is no bundled case')
  await screen(page).row(other.id).click()
  await expect(film.getByTestId('film-window')).toContainText(other.title)
  await screen(page).row(present).click()
  await expect(film.getByTestId('film-window')).not.toContainText(other.title)
})

test('that window is fenced like the first', async () => {
  const { app } = workstation
  const preferences = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      const ask: unknown = Reflect.get(webContents, 'getLastWebPreferences')
      return typeof ask === 'function' ? JSON.stringify(ask.call(webContents)) : '{}'
    }),
  )
  expect(preferences).toHaveLength(2)
  for (const one of preferences)
    expect(JSON.parse(one)).toMatchObject({
      ...{ contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true, webviewTag: false },
    })
  const film = app.windows().find((window) => window.url().includes('window=film'))
  if (!film) throw new Error('the film has no window')
  await film.evaluate(() => (location.href = 'https://example.org/'))
  await film.waitForTimeout(300)
  expect(film.url()).toContain('app://workstation')
  expect(await film.evaluate(() => window.open('app://workstation/') === null)).toBe(true)
})

test('it closes with its key', async () => {
  const { app, page } = workstation
  const film = app.windows().find((window) => window.url().includes('window=film'))
  if (!film) throw new Error('the film has no window')
  const closed = film.waitForEvent('close')
  // The key goes down in a window that is gone before it comes up.
  await film.keyboard.press('0').catch(() => undefined)
  await closed
  await expect(page.getByTestId('film-window-button')).toHaveAttribute('aria-pressed', 'false')
  const opening = app.waitForEvent('window')
  await page.keyboard.press('0')
  const again = await opening
  await expect(again.getByTestId('film-window')).toBeVisible()
})

test('it closes with the main window', async () => {
  const { app } = workstation
  const film = app.windows().find((window) => window.url().includes('window=film'))
  if (!film) throw new Error('the film has no window')
  const closed = Promise.all([film.waitForEvent('close'), app.waitForEvent('close')])
  await app.evaluate(({ BrowserWindow }) => {
    const isMain = (window: Electron.BrowserWindow) => !window.webContents.getURL().includes('window=film')
    BrowserWindow.getAllWindows().find(isMain)?.close()
  })
  await closed
})
