import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { RESEARCH_USE_ONLY, type CaseSummary } from '../../contract'
import { pdfPages } from './support/pdf'
import { keepScreen } from './support/pictures'
import { casesOf, classified, isCounted, screen } from './support/screen'
import { answerDialogs, startWorkstation, type RunningWorkstation } from './support/workstation'

/** The cohort page over the bundled films; each test goes on where the one before ended. */
test.describe.configure({ mode: 'serial' })

const small = { width: 1366, height: 768 }
const large = { width: 2560, height: 1440 }

let workstation: RunningWorkstation
let cases: CaseSummary[]

test.beforeAll(async () => {
  workstation = await startWorkstation()
  cases = await classified(workstation.page)
})
test.afterAll(() => workstation.close())

const countOf = (page: Page, name: string) => page.getByTestId(`list-cell:${name}`).locator('strong')
const labelled = () => cases.filter((one) => one.reportLabel !== null && one.decision !== null && isCounted(one))
const cell = (label: CaseSummary['reportLabel'], decision: boolean) =>
  labelled().filter((one) => one.reportLabel === label && one.decision === decision)

test('the key G leads to the matrix, which counts what the worklist shows', async () => {
  const { page } = workstation
  await page.keyboard.press('g')
  await expect(page.getByTestId('view-cohort')).toHaveAttribute('aria-current', 'page')
  const expected = {
    truePositive: cell('effusion', true),
    falseNegative: cell('effusion', false),
    falsePositive: cell('no effusion', true),
    trueNegative: cell('no effusion', false),
  }
  for (const [name, films] of Object.entries(expected))
    await expect(countOf(page, name)).toHaveText(String(films.length))
  const matrix = page.getByTestId('cohort-confusion')
  await expect(matrix.getByRole('columnheader')).toHaveText(['Classifier: effusion', 'Classifier: no effusion'])
  await expect(matrix.getByRole('rowheader')).toContainText(['Report: effusion', 'Report: no effusion'])
  const { truePositive, falseNegative, falsePositive, trueNegative } = expected
  const inOrder = [truePositive, falseNegative, falsePositive, trueNegative]
  await expect(matrix.locator('strong')).toHaveText(inOrder.map((films) => String(films.length)))
  const positives = expected.truePositive.length + expected.falseNegative.length
  await expect(page.getByTestId('rate-Sensitivity')).toContainText(`${expected.truePositive.length} of ${positives}`)
  await keepScreen(workstation, 'cohort-1-start', small)
  await keepScreen(workstation, 'cohort-1-start-2560x1440', large)
})

test('a number lists its films, a film opens in the workstation, Esc leads back to the same place', async () => {
  const { page } = workstation
  const wrong = cell('no effusion', true).length > 0 ? 'falsePositive' : 'falseNegative'
  const films = wrong === 'falsePositive' ? cell('no effusion', true) : cell('effusion', false)
  expect(films.length).toBeGreaterThan(0)
  await page.getByTestId(`list-cell:${wrong}`).click()
  const rows = page.getByTestId('cohort-film')
  await expect(rows).toHaveCount(films.length)
  await keepScreen(workstation, 'cohort-2-list', small)
  await rows.first().focus()
  const id = await rows.first().getAttribute('data-case-id')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('cohort-visit')).toContainText(`film 1 of ${films.length}`)
  await expect(screen(page).row(id ?? '')).toHaveAttribute('aria-selected', 'true')
  await expect(screen(page).canvas('film')).toBeVisible()
  await keepScreen(workstation, 'cohort-3-visit', small)
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('cohort')).toBeVisible()
  await expect(rows).toHaveCount(films.length)
  await expect(page.getByTestId(`list-cell:${wrong}`)).toHaveAttribute('aria-pressed', 'true')
})

test('another threshold is tried with the keyboard and changes no decision', async () => {
  const { page } = workstation
  const words = page.getByTestId('threshold-words')
  await expect(words).toContainText("the classifier's own threshold")
  const handle = page.getByTestId('roc-handle')
  await handle.focus()
  for (let i = 0; i < labelled().length + 1; i++) await page.keyboard.press('ArrowRight')
  await expect(words).toContainText('what if')
  // At the curve's right end every film is called.
  const called = labelled().filter((one) => one.reportLabel === 'no effusion').length
  await expect(countOf(page, 'falsePositive')).toHaveText(String(called))
  await expect(countOf(page, 'trueNegative')).toHaveText('0')
  await keepScreen(workstation, 'cohort-4-what-if', small)
  expect(await casesOf(page)).toEqual(cases)
  await page.getByTestId('own-threshold').click()
  await expect(words).toContainText("the classifier's own threshold")
})

test('a label that is taken away leaves the count at once', async () => {
  const { page } = workstation
  const [one] = labelled()
  if (!one) throw new Error('no labelled film')
  await page.evaluate(([caseId]) => window.api.call('setReportLabel', { caseId, label: null }), [one.id] as const)
  await expect(page.getByTestId('cohort-header').getByTestId('list-used')).toContainText(
    `${labelled().length - 1} films`,
  )
  await expect(page.getByTestId('list-withoutLabel')).toBeVisible()
  const label = one.reportLabel
  await page.evaluate(([caseId, before]) => window.api.call('setReportLabel', { caseId, label: before }), [
    one.id,
    label,
  ] as const)
  await expect(page.getByTestId('cohort-header').getByTestId('list-used')).toContainText(`${labelled().length} films`)
})

test('an audit that ends comes into the bits at once', async () => {
  test.setTimeout(180_000)
  const { page } = workstation
  const [one] = labelled()
  if (!one) throw new Error('no labelled film')
  await expect(page.getByTestId('cohort-bits')).toContainText('None of these films has been audited yet')
  const choice = { preset: 'quick', objective: 'activation', seed: 1, repeat: false, confirmed: false } as const
  const started = await page.evaluate((params) => window.api.call('startAudit', params), { caseId: one.id, ...choice })
  expect(started.ok).toBe(true)
  await expect(page.getByTestId('list-bits:all:all audited films')).toHaveText('1', { timeout: 150_000 })
  await expect(page.getByTestId('cohort-bits')).toContainText('What the simplified pictures still cost')
  await expect(page.getByTestId('cohort-bits-of')).toContainText('audits with quick preset, activation match')
  await page.getByTestId('list-bits:all:all audited films').click()
  await expect(page.getByTestId('cohort-film')).toHaveAttribute('data-case-id', one.id)
  await keepScreen(workstation, 'cohort-5-bits', small)
})

test('figures, films and report are saved, and name no patient', async () => {
  const { page, app, scratch } = workstation
  const file = (name: string) => join(scratch, name)
  for (const [format, name] of [
    ['figures', 'figures.csv'],
    ['films', 'films.csv'],
    ['pdf', 'cohort.pdf'],
  ] as const) {
    await answerDialogs(app, { save: file(name) })
    await page.getByTestId(`export-${format}`).click()
    await expect.poll(() => existsSync(file(name)), { timeout: 30_000 }).toBe(true)
  }
  const films = readFileSync(file('films.csv'), 'utf8')
  expect(films.trim().split('\n')).toHaveLength(labelled().length + 1)
  const pages = await pdfPages(file('cohort.pdf'))
  for (const text of pages) expect(text).toContain(RESEARCH_USE_ONLY)
  expect(pages[0]).toMatch(/effusion-128 \([0-9a-f]{12}\)/)
  expect(films.split('\r\n')[1]).toMatch(
    /,effusion-128,[0-9a-f]{64},20[-0-9T:.]+Z,Research use only – not for diagnosis$/,
  )
  const all = pages.join(' ') + films + readFileSync(file('figures.csv'), 'utf8')
  for (const { title, file: path } of cases) {
    // Some of the bundled films have a figure for a title.
    if (title.length > 3) expect(all).not.toContain(title)
    expect(all).not.toContain(path)
  }
})

test('without labels the page leads to a table of labels, and counts when they are in', async () => {
  const { page, app, scratch } = workstation
  const expected = labelled().length
  for (const { id } of cases)
    await page.evaluate((caseId) => window.api.call('setReportLabel', { caseId, label: null }), id)
  await expect(page.getByTestId('cohort-empty')).toContainText('No film has a report label yet')
  await keepScreen(workstation, 'cohort-6-no-labels', small)
  const table = join(scratch, 'labels.csv')
  const lines = labelled().map(({ file, reportLabel }) => `${file.replace(/^.*\//, '')},${reportLabel}`)
  writeFileSync(table, ['Image Index,Finding Labels', ...lines, ''].join('\n'))
  await answerDialogs(app, { open: [table] })
  await page.getByTestId('cohort-import-labels').click()
  await expect(page.getByTestId('label-match')).toContainText(`${expected} films matched`)
  await page.getByTestId('label-apply').click()
  await expect(page.getByTestId('cohort-header').getByTestId('list-used')).toContainText(`${expected} films`)
  for (const [label, decision, name] of [
    ['effusion', true, 'truePositive'],
    ['no effusion', false, 'trueNegative'],
  ] as const)
    await expect(countOf(page, name)).toHaveText(String(cell(label, decision).length))
})
