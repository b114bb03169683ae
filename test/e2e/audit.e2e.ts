import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import {
  percent,
  RESEARCH_USE_ONLY,
  type CaseDetail,
  type CaseId,
  type CaseSummary,
  type Finding,
} from '../../contract'
import { decisionLine, probabilityWords } from '../../renderer/presentation/words'
import { keepScreen, lookOf, restingLook } from './support/pictures'
import { pdfPages } from './support/pdf'
import { casesOf, classified, isCounted, screen } from './support/screen'
import { answerDialogs, startWorkstation, type RunningWorkstation } from './support/workstation'

/** The whole way of a clinician with one film; each test goes on where the one before ended. */
test.describe.configure({ mode: 'serial' })

const notes = 'Blunted left costophrenic angle, as in the prior film.'
/** Another one than the settings begin with, and found nowhere else on the pages of a report. */
const SEED = 4711

let workstation: RunningWorkstation
let chosen: CaseSummary

test.beforeAll(async () => {
  workstation = await startWorkstation()
})
test.afterAll(() => workstation.close())

test('the worklist shows the bundled cases with their decisions', async () => {
  const { page } = workstation
  const cases = await classified(page)
  expect(cases.length).toBeGreaterThanOrEqual(10)
  expect(cases.filter((one) => one.error !== null)).toEqual([])
  await expect(screen(page).rows).toHaveCount(cases.length)
  const threshold = cases[0] ? (await detailOf(cases[0].id)).threshold : NaN
  for (const one of cases) {
    const row = screen(page).row(one.id)
    await expect(row).toContainText(decisionLine(one.decision ?? false, one.probability ?? NaN, threshold))
    if (one.reportLabel) await expect(row).toContainText(`Report: ${one.reportLabel}`)
    expect(one.misclassified).toBe(one.reportLabel === null ? null : (one.reportLabel === 'effusion') !== one.decision)
  }
  await expect(page.getByTestId('research-banner')).toHaveText(RESEARCH_USE_ONLY)
  await keepScreen(workstation, '1-worklist')

  const misclassified = cases.filter((one) => one.misclassified)
  for (const queue of ['false-positive', 'false-negative'] as const) {
    await page.getByTestId(`queue-${queue}`).click()
    const wrong = misclassified.filter((one) => isCounted(one) && one.decision === (queue === 'false-positive'))
    await expect(screen(page).rows).toHaveCount(wrong.length)
  }
  await page.getByTestId('queue-all').click()
  const [first] = misclassified
  if (!first) throw new Error('the classifier is right about every bundled film')
  chosen = first
})

test('a click opens the film', async () => {
  const { page } = workstation
  await screen(page).row(chosen.id).click()
  await expect.poll(async () => (await lookOf(screen(page).canvas('film'))).deviation).toBeGreaterThan(20)
  const figure = probabilityWords(chosen.probability ?? NaN, (await detailOf(chosen.id)).threshold)
  const says = chosen.decision ? `Effusion ${figure}` : `No effusion effusion ${figure}`
  await expect(page.getByTestId('decision-before')).toHaveText(says)
  const card = page.getByRole('region', { name: 'Decision', exact: true })
  await expect(card).toContainText(`The report says: ${chosen.reportLabel}. They disagree.`)
  await keepScreen(workstation, '2-film')
})

test('an instant estimate of the simplified picture stands there before any audit', async () => {
  const { page } = workstation
  const card = page.getByTestId('instant-estimate')
  await expect(card).toContainText(/\d+\s% of the bits/)
  await expect(card).toContainText('It has no certificate')
  await expect.poll(async () => (await lookOf(screen(page).canvas('simplified'))).deviation).toBeGreaterThan(10)
  await keepScreen(workstation, '2b-instant-estimate')
})

test('the cheat sheet opens with ? and closes with Escape', async () => {
  const { page } = workstation
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog')
  await expect(sheet).toContainText(/keyboard/i)
  await keepScreen(workstation, '3-cheat-sheet')
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
})

test('an audit streams pictures while it runs, and ends with a certificate', async () => {
  test.setTimeout(300_000)
  const { page } = workstation
  await page.evaluate((seed) => window.api.call('setSettings', { preset: 'quick', seed }), SEED)
  await page.reload()
  await screen(page).row(chosen.id).click()
  await expect(screen(page).startAudit).toContainText(/quick/i)
  await expect(screen(page).startAudit).toBeEnabled()

  const start = Date.now()
  await screen(page).startAudit.click()
  await expect(page.getByTestId('instant-estimate')).toContainText('its first usable picture', { timeout: 60_000 })
  // The first stop is the film itself.
  await expect.poll(() => screen(page).stops.count(), { timeout: 60_000, intervals: [50] }).toBeGreaterThanOrEqual(2)
  const first = (Date.now() - start) / 1000
  console.log(`first picture of the way ${first.toFixed(1)} s after the click`)
  expect(first).toBeLessThan(30)
  await keepScreen(workstation, '4-auditing')
  // Esc ends an audit, but not where it closes a menu.
  await page.getByRole('button', { name: 'Presets' }).click()
  await page.keyboard.press('Escape')

  await expect(page.getByTestId('certificate')).toBeVisible({ timeout: 220_000 })
  console.log(`quick audit: ${((Date.now() - start) / 1000).toFixed(1)} s`)
  const { audit } = await detailOf(chosen.id)
  if (!audit) throw new Error('the audit was not kept')
  const { original, simplified } = audit
  expect(audit).toMatchObject({ preset: 'quick', seed: SEED, stopped: 'finished' })
  expect(simplified.bits).toBeLessThan(original.bits)
  await expect(page.getByTestId('bits-left')).toHaveText(percent(simplified.bits / original.bits))
  await expect(screen(page).stops).toHaveCount(audit.path.filter((point) => point.frame !== null).length + 1)
  const isKept = audit.decisionKept && audit.certificate.decisionKept
  await expect(page.getByTestId('decision-lost')).toHaveCount(isKept ? 0 : 1)
  await expect.poll(async () => (await lookOf(screen(page).canvas('simplified'))).deviation).toBeGreaterThan(3)
  await expect.poll(async () => (await lookOf(screen(page).canvas('bitmap'))).deviation).toBeGreaterThan(3)
  await keepScreen(workstation, '5-audited')
  await keepScreen(workstation, '5-audited-1366x768', { width: 1366, height: 768 })
  await keepScreen(workstation, '5-audited-2560x1440', { width: 2560, height: 1440 })
  await keepScreen(workstation, '5-audited-1024x640', { width: 1024, height: 640 })
  expect(await page.getByTestId('stop-words').evaluate((words) => words.scrollWidth > words.clientWidth)).toBe(false)
  await keepScreen(workstation, '5-audited')
})

test('the simplified picture has a contrast of its own until asked otherwise, and says which window that is', async () => {
  const { page } = workstation
  const canvas = screen(page).canvas('simplified')
  const [readout, contrast] = [page.getByTestId('readout-simplified'), page.getByTestId('own-contrast')]
  await expect(contrast).toHaveAttribute('aria-pressed', 'true')
  await expect(readout).not.toContainText('W 255')
  const spread = await restingLook(canvas)
  await page.keyboard.press('k')
  await expect(contrast).toHaveAttribute('aria-pressed', 'false')
  await expect(readout).toContainText('W 255')
  await expect.poll(async () => (await lookOf(canvas)).hash).not.toBe(spread.hash)
  await keepScreen(workstation, '5b-levels-as-they-are')
  await contrast.click()
  await expect.poll(async () => (await lookOf(canvas)).hash).toBe(spread.hash)
})

test('the arrow keys move along the way, and picture and map follow', async () => {
  const { page } = workstation
  const position = () =>
    page.getByTestId('way-stop').evaluateAll((all) => all.findIndex((one) => one.ariaCurrent === 'true'))
  const canvases = ['simplified', 'bitmap'] as const
  const looks = () => Promise.all(canvases.map(async (pane) => (await lookOf(screen(page).canvas(pane))).hash))

  const resting = await Promise.all(canvases.map((pane) => restingLook(screen(page).canvas(pane))))
  const before = { position: await position(), looks: resting.map(({ hash }) => hash) }
  const steps = Math.min(2, before.position)
  expect(steps).toBeGreaterThan(0)
  for (let i = 0; i < steps; i++) await page.keyboard.press('ArrowLeft')
  await expect.poll(position).toBe(before.position - steps)
  await expect.poll(async () => (await looks()).every((hash, i) => hash !== before.looks[i])).toBe(true)
  await keepScreen(workstation, '6-knob')
  for (let i = 0; i < steps; i++) await page.keyboard.press('ArrowRight')
  await expect.poll(position).toBe(before.position)
  await expect.poll(looks).toEqual(before.looks)
})

test('the knob with the focus takes its keys once, and leaves the others to the program', async () => {
  const { page } = workstation
  const position = () =>
    page.getByTestId('way-stop').evaluateAll((all) => all.findIndex((one) => one.ariaCurrent === 'true'))
  const before = await position()
  await page.getByTestId('knob').getByRole('slider').focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(position).toBe(before - 1)
  await page.keyboard.press('ArrowRight')
  await expect.poll(position).toBe(before)
  await page.keyboard.press('?')
  await expect(page.getByTestId('help-dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('help-dialog')).toBeHidden()
})

test('notes are kept', async () => {
  const { page } = workstation
  await page.getByTestId('tab-finding').click()
  await page.getByTestId('reader-name').locator('input').fill('Dr. Test')
  await page.getByTestId('reader-start').click()
  await page.getByTestId('notes').locator('textarea').first().fill(notes)
  await page.getByTestId('notes').locator('textarea').first().blur()
  await expect.poll(async () => (await draftOf(chosen.id))?.text).toBe(notes)
  await page.getByTestId('tab-decision').click()
})

test('the report says what the screen says, and not who the patient is', async () => {
  const { app, page, scratch } = workstation
  const file = join(scratch, 'report.pdf')
  await answerDialogs(app, { save: file })
  const shown = async (id: string) => (await page.getByTestId(id).innerText()).replace(/\s+/g, ' ').trim()
  const [left, before] = [await shown('bits-left'), await shown('decision-before')]
  await page.getByTestId('export-report').click()
  await expect(page.getByTestId('export-case')).toHaveText(chosen.title)
  await keepScreen(workstation, '7-export')
  await page.getByRole('dialog').getByTestId('export-confirm').click()
  await expect.poll(() => pdfPages(file).catch(() => []), { timeout: 60_000 }).not.toEqual([])

  const pages = await pdfPages(file)
  const text = pages.join(' ')
  const detail = await detailOf(chosen.id)
  for (const onePage of pages) expect(onePage).toContain(RESEARCH_USE_ONLY)
  expect(text).toContain(notes)
  expect(left).toMatch(/^\d+ %$/)
  expect(text).toContain(`Share of the film’s bits 100 % ${left}`)
  expect(text).toContain(`Decision ${before.startsWith('No') ? 'no effusion' : 'effusion'} `)
  const probability = /Probability of effusion (?:[<>] )?(\d\.\d+) /.exec(text)?.[1]
  const percentage = /(\d+(?:\.\d+)?) %$/.exec(before)?.[1]
  // One is rounded to a percent, the other to a thousandth.
  expect(Math.abs(100 * Number(probability) - Number(percentage))).toBeLessThan(0.56)
  expect(text).toContain(`Seed ${SEED}`)
  expect(text).toContain(detail.audit?.model.sha256.slice(0, 12))

  const { patientName, patientId, sopInstanceUid, studyUid, seriesUid } = detail.header.identity
  const identifying = [patientName, patientId, sopInstanceUid, studyUid, seriesUid].filter((value) => value !== null)
  expect(identifying.length).toBeGreaterThan(0)
  for (const value of identifying) expect(text).not.toContain(value)
})

test('the finished audit is there again after a restart of the window', async () => {
  const { page } = workstation
  await page.reload()
  await screen(page).row(chosen.id).click()
  await expect(page.getByTestId('certificate')).toBeVisible()
  expect((await casesOf(page)).find((one) => one.id === chosen.id)?.status).toBe('audited')
})

async function draftOf(id: CaseId): Promise<Finding | undefined> {
  const of = { caseId: id, reader: 'Dr. Test' }
  const answer = await workstation.page.evaluate((params) => window.api.call('reviewFindings', params), of)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.result.own.at(-1)?.finding
}

async function detailOf(id: CaseId): Promise<CaseDetail> {
  const answer = await workstation.page.evaluate((caseId) => window.api.call('openCase', { caseId }), id)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.result
}
