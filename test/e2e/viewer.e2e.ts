import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { CaseId, CaseMarks } from '../../contract'
import { keepScreen, lookOf, restingLook } from './support/pictures'
import { classified, screen } from './support/screen'
import { writeSyntheticFilm } from './support/syntheticFilm'
import { answerDialogs, startWorkstation, type RunningWorkstation } from './support/workstation'

/** Film handling: turn and flip, magnifying glass, measurements, key images. */
test.describe.configure({ mode: 'serial' })

let workstation: RunningWorkstation
let film: CaseId

test.beforeAll(async () => {
  workstation = await startWorkstation()
  const { app, page, scratch } = workstation
  await classified(page)
  const file = join(scratch, 'turned.dcm')
  const size = { width: 900, height: 1200, seed: 3, patientName: 'TURNED^FILM' }
  writeSyntheticFilm(file, { ...size, patientOrientation: 'L\\F' })
  await answerDialogs(app, { open: [file] })
  await page.getByTestId('import-button').click()
  await expect(page.getByTestId('import-summary')).toBeVisible({ timeout: 30_000 })
  const added = (await classified(page)).find((one) => one.file === file)
  if (!added) throw new Error('the film was not imported')
  film = added.id
  await screen(page).row(film).click()
  await expect.poll(async () => (await lookOf(screen(page).canvas('film'))).deviation).toBeGreaterThan(10)
})
test.afterAll(() => workstation.close())

const letters = async () => {
  const pane = workstation.page.getByTestId('viewport-film')
  const at = (edge: string) => pane.getByTestId(`letter-${edge}`).innerText()
  return [await at('left'), await at('right'), await at('top'), await at('bottom')].join('')
}

async function filmBox() {
  const box = await screen(workstation.page).canvas('film').boundingBox()
  if (!box) throw new Error('the film is not on screen')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

async function marksOf(id: CaseId): Promise<CaseMarks> {
  const answer = await workstation.page.evaluate((caseId) => window.api.call('marks', { caseId, reader: '' }), id)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.result
}

test('turning and flipping take letters, hint and picture with them', async () => {
  const { page } = workstation
  const hint = page.getByTestId('viewport-film').getByTestId('turn-hint')
  const upright = await restingLook(screen(page).canvas('film'))
  expect(await letters()).toBe('RLHF')
  await expect(hint).toHaveCount(0)

  await page.keyboard.press('.')
  await expect(hint).toHaveText('Turned 90°')
  expect(await letters()).toBe('FHRL')
  await page.getByTestId('flip').click()
  await expect(hint).toContainText('Flipped')
  expect(await letters()).toBe('HFRL')
  await expect(page.getByTestId('viewport-simplified').getByTestId('turn-hint')).toBeVisible()
  await keepScreen(workstation, 'viewer-turned')

  await page.keyboard.press('r')
  await expect(hint).toHaveCount(0)
  await expect.poll(async () => (await lookOf(screen(page).canvas('film'))).hash).toBe(upright.hash)
  await page.keyboard.press('h')
  await expect.poll(async () => (await lookOf(screen(page).canvas('film'))).hash).not.toBe(upright.hash)
  await page.keyboard.press('h')
  await expect.poll(async () => (await lookOf(screen(page).canvas('film'))).hash).toBe(upright.hash)
})

test('the film lies large beside the other two, or all three equally wide, and double-click comes back to what was', async () => {
  const { page } = workstation
  const widths = async () =>
    Promise.all(
      ['film', 'simplified', 'bitmap'].map(async (pane) => {
        const box = await page.getByTestId(`viewport-${pane}`).boundingBox()
        return Math.round(box?.width ?? 0)
      }),
    )
  const ratio = async () => {
    const [film = 0, simplified = 1, bitmap = 1] = await widths()
    expect(bitmap).toBe(simplified)
    return film / simplified
  }
  await expect.poll(ratio).toBeGreaterThan(1.8)
  await page.keyboard.press('3')
  await expect.poll(ratio).toBeLessThan(1.1)
  await page.getByTestId('layout-filmLarge').click()
  await expect.poll(ratio).toBeGreaterThan(1.8)
  const { x, y } = await filmBox()
  await page.mouse.dblclick(x, y)
  await expect(page.getByTestId('viewport-bitmap')).toHaveCount(0)
  await page.mouse.dblclick(x, y)
  await expect.poll(ratio).toBeGreaterThan(1.8)
})

test('the magnifying glass is there while U is held', async () => {
  const { page } = workstation
  const { x, y } = await filmBox()
  await page.mouse.move(x, y)
  await page.keyboard.down('u')
  const lens = page.getByTestId('lens')
  await expect(lens).toHaveCount(1)
  expect((await lookOf(lens.locator('canvas'))).deviation).toBeGreaterThan(2)
  await page.mouse.wheel(0, -100)
  await expect(lens).toContainText('×2.5')
  await keepScreen(workstation, 'viewer-lens')
  await page.keyboard.up('u')
  await expect(lens).toHaveCount(0)
})

test('length, angle and region are drawn, listed, undone, deleted, and kept with the case', async () => {
  const { page } = workstation
  const { x, y } = await filmBox()
  const drawn = page.getByTestId('viewport-film').getByTestId('measurement')
  await page.keyboard.press('m')
  await page.mouse.move(x - 50, y - 60)
  await page.mouse.down()
  await page.mouse.move(x + 50, y - 60, { steps: 4 })
  await page.mouse.up()
  await expect(drawn).toHaveText(/^[\d.]+ mm at detector$/)
  const length = (await drawn.textContent()) ?? ''

  // The film lies otherwise: the length stays what it is, on the same anatomy.
  await page.keyboard.press('.')
  await page.keyboard.press('h')
  await expect(drawn).toHaveText(length)
  await page.keyboard.press('r')

  await page.keyboard.press('d')
  for (const [dx, dy] of [
    [-60, 40],
    [0, 40],
    [0, 100],
  ] as const)
    await page.mouse.click(x + dx, y + dy)
  await expect(drawn).toHaveCount(2)
  await expect(drawn.nth(1)).toHaveText('90.0°')

  await page.keyboard.press('q')
  await page.mouse.move(x + 20, y - 30)
  await page.mouse.down()
  await page.mouse.move(x + 70, y + 20, { steps: 4 })
  await page.mouse.up()
  await expect(drawn.nth(2)).toHaveText(/^Mean [\d.]+ \(\d+–\d+\), SD [\d.]+,\s*area [\d.]+ /)

  await page.getByTestId('tab-finding').click()
  await expect(page.getByTestId('measurement-row')).toHaveCount(3)
  await keepScreen(workstation, 'viewer-measurements')
  await keepScreen(workstation, 'viewer-measurements-1366x768', { width: 1366, height: 768 })
  await keepScreen(workstation, 'viewer-measurements-2560x1440', { width: 2560, height: 1440 })
  await keepScreen(workstation, 'viewer-measurements')

  await page.getByTestId('measurement-row').nth(1).click()
  await page.keyboard.press('w')
  await page.keyboard.press('Delete')
  await expect(drawn).toHaveCount(2)
  await page.keyboard.press('Control+z')
  await expect(drawn).toHaveCount(3)
  await expect
    .poll(async () => (await marksOf(film)).measurements.map(({ kind }) => kind))
    .toEqual(['length', 'angle', 'ellipse'])
})

test('a half-drawn measurement is dropped by Escape', async () => {
  const { page } = workstation
  const { x, y } = await filmBox()
  const drawn = page.getByTestId('viewport-film').getByTestId('measurement')
  await page.keyboard.press('d')
  await page.mouse.click(x - 30, y - 20)
  await page.mouse.move(x + 10, y + 10)
  await expect(drawn).toHaveCount(4)
  await page.keyboard.press('Escape')
  await expect(drawn).toHaveCount(3)
  await page.keyboard.press('w')
})

test('a view is kept as a key image with its caption, shown again, removed and brought back', async () => {
  const { page } = workstation
  await page.getByTestId('tab-finding').click()
  await page.keyboard.press('h')
  await page.getByTestId('keep-film').click()
  const images = page.getByTestId('key-image')
  await expect(images).toHaveCount(1)
  await expect(images).toContainText('flipped')
  await images.getByTestId('caption').fill('Blunted angle')
  await images.getByTestId('caption').blur()
  await expect
    .poll(async () => (await marksOf(film)).keyImages.map(({ caption }) => caption))
    .toEqual(['Blunted angle'])
  await keepScreen(workstation, 'viewer-key-images')

  await page.keyboard.press('r')
  await expect(page.getByTestId('viewport-film').getByTestId('turn-hint')).toHaveCount(0)
  await images.locator('button').first().click()
  await expect(page.getByTestId('viewport-film').getByTestId('turn-hint')).toContainText('Flipped')
  await page.keyboard.press('r')

  await images.getByTestId('remove-key-image').click()
  await expect(images).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(images).toHaveCount(1)
  await expect.poll(async () => (await marksOf(film)).keyImages.length).toBe(1)
})

test('marks are there again when the case is opened again', async () => {
  const { page } = workstation
  await page.reload()
  await screen(page).row(film).click()
  await page.getByTestId('tab-finding').click()
  await expect(page.getByTestId('measurement-row')).toHaveCount(3)
  await expect(page.getByTestId('key-image')).toHaveCount(1)
})

test('the cheat sheet has every key in its groups', async () => {
  const { page } = workstation
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toContainText('Flip left to right')
  await keepScreen(workstation, 'viewer-cheat-sheet', { width: 1366, height: 768 })
  await page.keyboard.press('Escape')
})
