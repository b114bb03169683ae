import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { CaseFindings, CaseId, CaseSummary } from '../../contract'
import { keepScreen } from './support/pictures'
import { casesOf, isCounted, screen } from './support/screen'
import { writeVariants } from './support/variants'
import { answerDialogs, startWorkstation, type RunningWorkstation } from './support/workstation'

/** A reader works through a queue: films in, labels in, queue, audit, finding, next; then a second reader; then a crash. */
test.describe.configure({ mode: 'serial' })

const FILMS = 40
let workstation: RunningWorkstation
let variants: CaseSummary[]

test.beforeAll(async () => {
  workstation = await startWorkstation()
})
test.afterAll(() => workstation.close())

test('forty films come in', async () => {
  const { app, page, scratch } = workstation
  const folder = join(scratch, 'films')
  writeVariants(folder, FILMS)
  await answerDialogs(app, { open: [folder] })
  await page.evaluate(() => window.api.call('setSettings', { preset: 'quick' }))
  await page.reload()
  await page.getByTestId('import-folder').click()
  const read = async () => (await casesOf(page)).filter(({ title, decision }) => isVariant(title) && decision !== null)
  await expect.poll(async () => (await read()).length, { timeout: 90_000 }).toBe(FILMS)
  await expect(page.getByTestId('import-summary')).toContainText(`${FILMS} films added`)
  variants = await read()
})

test('labels come from a table, after a look at what they would do, and can be taken back', async () => {
  const { app, page, scratch } = workstation
  // Three films of each decision get a label against it, the others one that agrees.
  const wrong = [true, false].flatMap((says) => variants.filter(({ decision }) => decision === says).slice(0, 3))
  const says = (film: CaseSummary) => (film.decision !== wrong.includes(film) ? 'Effusion|Mass' : 'No Finding')
  const lines = variants.map((film) => `${film.file.replace(/^.*\//, '')},${says(film)}`)
  const table = join(scratch, 'labels.csv')
  writeFileSync(table, ['Image Index,Finding Labels', ...lines, 'elsewhere.png,Effusion', ''].join('\n'))
  await answerDialogs(app, { open: [table] })
  await labelsFromTable()
  await expect(page.getByTestId('label-match')).toContainText(`${FILMS} films matched`)
  await expect(page.getByTestId('label-match')).toContainText('1 row without a film')
  await keepScreen(workstation, 'review-1-labels', { width: 1366, height: 768 })
  await page.getByTestId('label-apply').click()
  await expect.poll(labelled).toBe(FILMS)
  await page.keyboard.press('Control+z')
  await expect.poll(labelled).toBe(0)
  await labelsFromTable()
  await page.getByTestId('label-apply').click()
  await expect.poll(labelled).toBe(FILMS)
})

test('a queue holds the films that it says, the most confidently wrong first', async () => {
  const { page } = workstation
  await openQueue()
  const cases = await casesOf(page)
  for (const queue of ['false-positive', 'false-negative', 'borderline', 'alarm', 'unaudited', 'done'] as const) {
    const standing = cases.filter(({ queues }) => queues.includes(queue))
    await expect(page.getByTestId(`queue-${queue}`)).toHaveText(new RegExp(`\\b${standing.length}$`))
  }
  const wrong = cases.filter((one) => isCounted(one) && one.decision === true && one.reportLabel === 'no effusion')
  expect(wrong.length).toBeGreaterThanOrEqual(3)
  const expected = wrong.sort((a, b) => (b.wrongness ?? 0) - (a.wrongness ?? 0)).map(({ id }) => id)
  const shown = await screen(page).rows.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-case-id')))
  expect(shown).toEqual(expected)
  await screen(page).rows.first().click()
  await page.keyboard.press('PageDown')
  await expect(screen(page).rows.nth(1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('PageUp')
  await expect(screen(page).rows.first()).toHaveAttribute('aria-selected', 'true')
})

test('the queue is audited in the background, and what is done is kept when it is stopped', async () => {
  const { page } = workstation
  const first = await idOf(0)
  await page.getByTestId('batch-start').click()
  await expect(page.getByTestId('batch-count')).toContainText('1 of')
  await expect(page.getByTestId('batch-left')).toContainText(/about .* left/, { timeout: 180_000 })
  await keepScreen(workstation, 'review-2-batch', { width: 1366, height: 768 })
  await page.getByTestId('batch-stop').click()
  await expect(page.getByTestId('batch-outcome')).toContainText('1 film audited', { timeout: 60_000 })
  expect((await casesOf(page)).find(({ id }) => id === first)?.status).toBe('audited')
})

test('a finding is written with keys, given, and the next film opens; undo takes it back', async () => {
  const { page } = workstation
  const [first, second] = [await idOf(0), await idOf(1)]
  await page.keyboard.press('n')
  await page.getByTestId('reader-name').locator('input').fill('Dr. A')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('effusion-right')).toBeFocused()
  await page.keyboard.press('2')
  await expect(page.getByTestId('effusion-left')).toHaveAttribute('aria-checked', 'true')
  await expect(page.getByTestId('effusion-left')).toBeFocused()
  await page.getByTestId('size-small').click()
  await page.getByTestId('agrees-no').click()
  await page.getByTestId('reason-device').click()
  await page.getByTestId('reason-marker').click()
  await page.keyboard.press('Control+z')
  await expect(page.getByTestId('reason-marker')).toHaveAttribute('aria-checked', 'false')
  await page.getByTestId('notes').locator('textarea').first().fill('A drain in the left chest.')
  await expect(page.getByTestId('finding-state')).toHaveText(/^Saved/)
  await keepScreen(workstation, 'review-3-finding', { width: 1366, height: 768 })
  await keepScreen(workstation, 'review-3-finding-large', { width: 2560, height: 1440 })
  await page.keyboard.press('Control+Enter')
  await expect(screen(page).row(second)).toHaveAttribute('aria-selected', 'true')
  expect((await findings(first, 'Dr. A')).own).toMatchObject([
    { state: 'given', finding: { effusion: 'left', size: 'small', agrees: 'no', reasons: ['device'] } },
  ])
  await expect(screen(page).row(first)).toHaveCount(0)
  await page.getByTestId('search').locator('input').blur()
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await findings(first, 'Dr. A')).own.at(-1)?.state).toBe('draft')
  await expect(screen(page).row(first)).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByTestId('finding-state')).toHaveText(/^Saved/)
  await page.getByTestId('save-and-next').click()
  await expect.poll(async () => (await findings(first, 'Dr. A')).own.at(-1)?.state).toBe('given')
})

test('a second reader does not see the first one’s finding before giving an own one', async () => {
  const { page } = workstation
  await page.getByTestId('add-reader').click()
  await page.getByTestId('reader-name').locator('input').fill('Dr. B')
  await page.getByTestId('reader-start').click()
  await expect(page.getByTestId('effusion-right')).toBeFocused()
  // It comes back into the queue, which is the new reader's now.
  const first = (await casesOf(page)).find(({ readBy }) => readBy.includes('Dr. A'))?.id
  if (!first) throw new Error('nothing was read by Dr. A')
  await screen(page).row(first).click()
  await expect(page.getByTestId('hidden-finding')).toContainText('Dr. A')
  await expect(page.getByTestId('effusion-left')).toHaveAttribute('aria-checked', 'false')
  await expect(page.getByText('A drain in the left chest.')).toHaveCount(0)
  expect(JSON.stringify(await findings(first, 'Dr. B'))).not.toContain('drain')
  await keepScreen(workstation, 'review-4-hidden', { width: 1366, height: 768 })
  await page.getByTestId('effusion-none').click()
  await page.getByTestId('agrees-no').click()
  await page.getByTestId('save-and-next').click()
  await page.getByTestId('queue-done').click()
  await screen(page).row(first).click()
  await expect(page.getByTestId('differences')).toContainText('differ in 3 answers')
  await expect(page.getByTestId('other-readers')).toContainText('A drain in the left chest.')
  await keepScreen(workstation, 'review-5-both', { width: 1366, height: 768 })
  await keepScreen(workstation, 'review-5-both-large', { width: 2560, height: 1440 })
})

test('what was saved is there after the program was killed', async () => {
  const { page, app, scratch } = workstation
  await openQueue()
  const film = await idOf(0)
  await screen(page).row(film).click()
  await page.getByTestId('effusion-both').click()
  await page.getByTestId('notes').locator('textarea').first().fill('Both angles blunted.')
  await expect(page.getByTestId('finding-state')).toHaveText(/^Saved/)
  const gone = new Promise((resolve) => app.process().once('exit', resolve))
  app.process().kill('SIGKILL')
  await gone
  workstation = await startWorkstation({ store: join(scratch, 'store') })
  await expect(screen(workstation.page).row(film)).toBeVisible({ timeout: 30_000 })
  expect((await findings(film, 'Dr. B')).own).toMatchObject([
    { state: 'draft', finding: { effusion: 'both', text: 'Both angles blunted.' } },
  ])
  expect((await casesOf(workstation.page)).filter(({ readBy }) => readBy.length === 2)).toHaveLength(1)
})

const isVariant = (title: string) => /variant|INVENTED/i.test(title)

async function labelsFromTable(): Promise<void> {
  await workstation.page.getByTestId('worklist-menu').click()
  await workstation.page.getByTestId('labels-from-table').click()
}

const labelled = async () =>
  (await casesOf(workstation.page)).filter(({ title, reportLabel }) => isVariant(title) && reportLabel !== null).length

async function openQueue(): Promise<void> {
  const { page } = workstation
  await page.getByTestId('queue-false-positive').click()
  await page.getByTestId('sort').click()
  await page.getByTestId('sort-wrongness').click()
}

async function idOf(place: number): Promise<CaseId> {
  const id = await screen(workstation.page).rows.nth(place).getAttribute('data-case-id')
  const found = (await casesOf(workstation.page)).find((one) => one.id === id)
  if (!found) throw new Error(`there is no case at place ${place}`)
  return found.id
}

async function findings(id: CaseId, reader: string): Promise<CaseFindings> {
  const of = { caseId: id, reader }
  const answer = await workstation.page.evaluate((params) => window.api.call('reviewFindings', params), of)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.result
}
