import { expect, test } from '@playwright/test'
import { keepScreen, lookOf } from './support/pictures'
import { casesOf, classified, screen } from './support/screen'
import { childProcesses, startWorkstation, type RunningWorkstation } from './support/workstation'

/** What dies comes back, and nothing that was finished is lost. */
test.describe.configure({ mode: 'serial' })

let workstation: RunningWorkstation
test.beforeAll(async () => {
  workstation = await startWorkstation()
  await classified(workstation.page)
})
test.afterAll(() => workstation.close())

test('a killed engine: a banner, everything finished still there, and a restart that works', async () => {
  test.skip(process.platform !== 'linux', 'finds the engine process in /proc')
  const { app, page } = workstation
  const cases = await casesOf(page)
  const [one] = cases
  if (!one) throw new Error('there is no case')
  await screen(page).row(one.id).click()
  await expect(screen(page).startAudit).toBeEnabled()
  await screen(page).startAudit.click()
  await expect.poll(() => screen(page).stops.count(), { timeout: 60_000 }).toBeGreaterThanOrEqual(2)

  const engines = childProcesses(app, 'engineProcess')
  expect(engines).toHaveLength(1)
  for (const pid of engines) process.kill(pid, 'SIGKILL')

  await expect(screen(page).engineBanner).toBeVisible({ timeout: 10_000 })
  await expect(screen(page).engineBanner).toContainText(/restart/i)
  await keepScreen(workstation, 'engine-killed')
  const after = await casesOf(page)
  expect(after.map(({ id, decision, probability }) => ({ id, decision, probability }))).toEqual(
    cases.map(({ id, decision, probability }) => ({ id, decision, probability })),
  )
  expect(after.find(({ id }) => id === one.id)?.status).not.toBe('auditing')
  const film = screen(page).canvas('film')
  expect((await lookOf(film)).deviation).toBeGreaterThan(10)

  await page.getByTestId('engine-restart').click()
  await expect(screen(page).engineBanner).toBeHidden({ timeout: 60_000 })
  expect(childProcesses(app, 'engineProcess')).toHaveLength(1)
  await expect(screen(page).startAudit).toBeEnabled({ timeout: 30_000 })
  await screen(page).startAudit.click()
  await expect.poll(() => screen(page).stops.count(), { timeout: 60_000 }).toBeGreaterThanOrEqual(2)
  await page.getByTestId('cancel-audit').click()
  await expect(screen(page).startAudit).toBeVisible({ timeout: 60_000 })
})

test('a crashed window is loaded again', async () => {
  const { app } = workstation
  const reloaded = app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<string>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.once('did-finish-load', () => resolve(contents.getURL()))
        contents?.forcefullyCrashRenderer()
      }),
  )
  expect(await reloaded).toMatch(/^app:\/\/workstation\//)
  const rows = () =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        'document.querySelectorAll(\'[data-testid="worklist-row"]\').length',
      ),
    )
  await expect.poll(rows, { timeout: 20_000 }).toBeGreaterThan(0)
})
