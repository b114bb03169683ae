import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { memoryOf, openAndTime } from '../e2e/support/opening'
import { classified } from '../e2e/support/screen'
import { writeSyntheticFilm } from '../e2e/support/syntheticFilm'
import { answerDialogs, startWorkstation } from '../e2e/support/workstation'
import { machineText, tableText, writeResult } from './resultPage'

const OPENED = 200
const EVERY = 20
const MILLION = 1e6
/** After the first round every cache is full; what comes on top from there on is a leak. */
const ALLOWED = 60 * MILLION

test('memory over 200 opened films', async () => {
  const workstation = await startWorkstation()
  const { app, page, scratch } = workstation
  await classified(page)
  const files = Array.from({ length: 24 }, (_, i) => join(scratch, `film-${i}.dcm`))
  files.forEach((file, i) => {
    const size = i % 6 === 0 ? { width: 3000, height: 3000 } : { width: 1400, height: 1700 }
    writeSyntheticFilm(file, { ...size, seed: i, patientName: `MEMORY^${i}` })
  })
  await answerDialogs(app, { open: files })
  await page.getByTestId('import-button').click()
  await expect(page.getByTestId('import-summary')).toBeVisible({ timeout: 180_000 })
  const ids = (await classified(page)).filter((one) => one.error === null).map((one) => one.id)
  const machine = await machineText(workstation)

  const rows = [['films opened', 'window, MB', 'main process, MB']]
  const taken: { window: number; main: number }[] = []
  for (let opened = 0; opened <= OPENED; opened++) {
    if (opened > 0) await openAndTime(page, ids[opened % ids.length] ?? '')
    if (opened % EVERY !== 0) continue
    const memory = await memoryOf(workstation)
    taken.push(memory)
    rows.push([String(opened), ...[memory.window, memory.main].map((bytes) => (bytes / MILLION).toFixed(0))])
    console.log(rows.at(-1)?.join(' · '))
  }
  await workstation.close()
  const settled = taken[Math.ceil(ids.length / EVERY)]
  const last = taken.at(-1)
  if (!settled || !last) throw new Error('nothing was measured')
  const more = (of: 'window' | 'main') => ((last[of] - settled[of]) / MILLION).toFixed(0)
  await writeResult(
    'memory',
    `# Memory over ${OPENED} opened films

Made by \`npm run bench:window\` (test/bench/memory.bench.ts). ${machine}

${ids.length} films (the bundled ones, 20 synthetic films of 1400 × 1700 and 4 of 3000 × 3000 pixels, 12 bits) are opened one after
the other, round and round. Working set after a garbage collection, of the window's process and of the main one; the engine's
process is another and is not counted.

${tableText(rows)}

From the end of the first round to the last film: window ${more('window')} MB, main process ${more('main')} MB.
`,
  )
  expect(last.window - settled.window).toBeLessThan(ALLOWED)
  expect(last.main - settled.main).toBeLessThan(ALLOWED)
})
