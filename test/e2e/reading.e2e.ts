import { expect, test } from '@playwright/test'
import { keepScreen, lookOf, restingLook } from './support/pictures'
import { casesOf, classified, screen } from './support/screen'
import { resize, startWorkstation, type RunningWorkstation } from './support/workstation'

/** Reading a film before any audit: tools, lists, undo. */
test.describe.configure({ mode: 'serial' })

let workstation: RunningWorkstation
test.beforeAll(async () => {
  workstation = await startWorkstation()
  const { page } = workstation
  const [one] = (await classified(page)).filter((entry) => entry.error === null)
  if (!one) throw new Error('there is no readable case')
  await screen(page).row(one.id).click()
  await expect.poll(async () => (await lookOf(screen(page).canvas('film'))).deviation).toBeGreaterThan(10)
})
test.afterAll(() => workstation.close())

async function filmBox() {
  const box = await screen(workstation.page).canvas('film').boundingBox()
  if (!box) throw new Error('the film is not on screen')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width }
}

test('the wheel zooms, and F fits again', async () => {
  const { page } = workstation
  const readout = page.getByTestId('readout-film')
  const { x, y } = await filmBox()
  const before = (await restingLook(screen(page).canvas('film'))).hash
  await page.mouse.move(x, y)
  await page.mouse.wheel(0, -400)
  await page.mouse.move(5, 5)
  await expect(readout).toContainText('fit × 1.8')
  expect((await lookOf(screen(page).canvas('film'))).hash).not.toBe(before)
  await page.keyboard.press('f')
  await expect(readout).toContainText('fit × 1.0')
  await expect.poll(async () => (await lookOf(screen(page).canvas('film'))).hash).toBe(before)
})

test('the probe tells the value under the cursor', async () => {
  const { page } = workstation
  const { x, y } = await filmBox()
  await page.mouse.move(x, y)
  await expect(page.getByTestId('readout-film')).toContainText(/\d+, \d+ · value -?\d+/)
})

test('a drag changes the window, R takes it back, I inverts', async () => {
  const { page } = workstation
  const readout = page.getByTestId('readout-film')
  await page.mouse.move(5, 5)
  const usual = await readout.innerText()
  const { x, y } = await filmBox()
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 60, y + 30, { steps: 6 })
  await page.mouse.up()
  await page.mouse.move(5, 5)
  await expect(readout).toContainText(/C \S+ · W \S+/)
  expect(await readout.innerText()).not.toBe(usual)
  await page.keyboard.press('r')
  await expect(readout).toHaveText(usual)

  const before = await restingLook(screen(page).canvas('film'))
  await page.keyboard.press('i')
  await expect.poll(async () => (await lookOf(screen(page).canvas('film'))).hash).not.toBe(before.hash)
  await page.keyboard.press('i')
  await expect.poll(async () => (await lookOf(screen(page).canvas('film'))).hash).toBe(before.hash)
})

test('a length claims millimetres only where the file gives a spacing', async () => {
  const { page } = workstation
  const { x, y } = await filmBox()
  await page.keyboard.press('m')
  await page.mouse.move(x - 60, y)
  await page.mouse.down()
  await page.mouse.move(x + 60, y + 20, { steps: 5 })
  await page.mouse.up()
  const length = page.getByTestId('viewport-film').getByTestId('measurement')
  await expect(length).toHaveCount(1)
  const { id } = await selected()
  const answer = await page.evaluate((caseId) => window.api.call('openCase', { caseId }), id)
  const spacing = answer.ok ? answer.result.header.spacing : null
  await expect(length).toHaveText(
    spacing === null
      ? /^\d+ pixels$/
      : spacing.plane === 'detector'
        ? /^[\d.]+ mm at detector$/
        : /^[\d.]+ mm \(calibrated\)$/,
  )
  // The same place on the other viewports that show a picture.
  await expect(page.getByTestId('viewport-simplified').getByTestId('measurement')).toHaveCount(1)
  await page.keyboard.press('w')
  await page.keyboard.press('Delete')
  await expect(length).toHaveCount(0)
})

test('a double click shows one large viewport, and three again', async () => {
  const { page } = workstation
  await page.keyboard.press('3')
  await expect.poll(async () => (await filmBox()).width).toBeLessThan(400)
  const { x, y, width } = await filmBox()
  await page.mouse.dblclick(x, y)
  await expect(page.getByTestId('viewport-simplified')).toHaveCount(0)
  expect((await filmBox()).width).toBeGreaterThan(2 * width)
  await keepScreen(workstation, 'one-viewport')
  await page.keyboard.press('3')
  await expect(page.getByTestId('viewport-simplified')).toBeVisible()
})

test('a letter works after a choice with the mouse in a drop-down, and types in it after one with the keyboard', async () => {
  const { page } = workstation
  const invert = page.getByTestId('invert')
  const preset = page.getByTestId('preset')
  const field = preset.getByRole('combobox', { name: 'Preset' })
  await page.getByTestId('audit-options').click()
  await preset.locator('.v-field').click()
  await page.getByRole('option', { name: 'Quick' }).click()
  await expect(preset).toContainText('Quick')
  await expect(field).toBeFocused()
  await page.keyboard.press('i')
  await expect(invert).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('i')
  await expect(invert).toHaveAttribute('aria-pressed', 'false')
  await expect(preset).toContainText('Quick')

  await field.focus()
  await page.keyboard.press('i')
  await expect(invert).toHaveAttribute('aria-pressed', 'false')
  await page.getByTestId('audit-options').click()
  await expect(preset).toHaveCount(0)
})

test('a dialog that is closed gives the focus back to what opened it', async () => {
  const { page } = workstation
  const about = page.getByTestId('open-about')
  await about.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('about-dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('about-dialog')).toHaveCount(0)
  await expect(about).toBeFocused()
})

test('the arrow keys go through the worklist, the search narrows it', async () => {
  const { page } = workstation
  const first = await selected()
  await page.keyboard.press('ArrowDown')
  await expect.poll(async () => (await selected()).id).not.toBe(first.id)
  await page.keyboard.press('ArrowUp')
  await expect.poll(async () => (await selected()).id).toBe(first.id)
  await page.keyboard.press('/')
  await page.keyboard.type('no such film')
  await expect(screen(page).rows).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(screen(page).rows).toHaveCount((await casesOf(page)).length)
})

test('a report label can be set and taken back', async () => {
  const { page } = workstation
  const before = await selected()
  const other = before.reportLabel === 'effusion' ? 'no effusion' : 'effusion'
  await screen(page).row(before.id).getByTestId('case-menu').click()
  await page.getByTestId(`label-${other}`).click()
  await expect.poll(async () => (await selected()).reportLabel).toBe(other)
  await page.getByTestId('undo').click()
  await expect.poll(async () => (await selected()).reportLabel).toBe(before.reportLabel)
})

test('with large writing every button of the bar stays on screen', async () => {
  const { app, page } = workstation
  const zoom = (level: number) =>
    app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomLevel(to), level)
  await resize(app, 1366, 768)
  await zoom(3)
  await page.waitForFunction(() => innerWidth < 900)
  await expect(page.getByTestId('open-help')).toBeInViewport({ ratio: 1 })
  await expect(page.getByTestId('open-settings')).toBeInViewport({ ratio: 1 })
  await zoom(0)
})

test('where the desktop forces its colours, what is chosen has a frame', async () => {
  const { page } = workstation
  await page.emulateMedia({ forcedColors: 'active' })
  const { id } = await selected()
  for (const chosen of [screen(page).row(id), page.getByTestId('tool-window'), page.getByTestId('tab-decision')])
    await expect(chosen).toHaveCSS('outline-style', 'solid')
  await expect(page.getByTestId('tool-pan')).toHaveCSS('outline-style', 'none')
  await page.emulateMedia({ forcedColors: null })
})

test('a removed case comes back with Ctrl+Z', async () => {
  const { page } = workstation
  const { id } = await selected()
  const count = await screen(page).rows.count()
  await screen(page).row(id).getByTestId('case-menu').click()
  await page.getByTestId('remove-case').click()
  await expect(screen(page).rows).toHaveCount(count - 1)
  await page.keyboard.press('Control+z')
  await expect(screen(page).rows).toHaveCount(count)
  expect((await casesOf(page)).some((one) => one.id === id)).toBe(true)
})

/** The case that the worklist shows as selected, as the main side knows it. */
async function selected() {
  const { page } = workstation
  const id = await page.locator('[data-testid="worklist-row"][aria-selected="true"]').getAttribute('data-case-id')
  const found = (await casesOf(page)).find((one) => one.id === id)
  if (!found) throw new Error('no case is selected')
  return found
}
