import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { framesWhileDragging } from '../e2e/support/frames'
import { openAndTime } from '../e2e/support/opening'
import { classified } from '../e2e/support/screen'
import { writeSyntheticFilm } from '../e2e/support/syntheticFilm'
import { answerDialogs, resize, startWorkstation } from '../e2e/support/workstation'
import { machineText, tableText, writeResult } from './resultPage'

const scenes = [
  { name: 'three viewports, window 1600 × 1000', keys: ['3'], width: 1600, height: 1000 },
  { name: 'one viewport, window 1600 × 1000', keys: ['1'], width: 1600, height: 1000 },
  { name: 'one viewport, window 2560 × 1440', keys: ['1'], width: 2560, height: 1440 },
]
const drags = [
  { name: 'window and level', keys: ['w'] },
  { name: 'pan', keys: ['p'] },
  { name: 'zoom', keys: ['z'] },
  { name: 'window and level, turned and flipped', keys: ['.', 'h', 'w'] },
  { name: 'pan, turned and flipped', keys: ['.', 'h', 'p'] },
]

test('frame times of a 3000 × 3000 film', async () => {
  const workstation = await startWorkstation()
  const { app, page, scratch } = workstation
  await classified(page)
  const file = join(scratch, 'large.dcm')
  writeSyntheticFilm(file, { width: 3000, height: 3000, seed: 1, patientName: 'LARGE^FILM' })
  await answerDialogs(app, { open: [file] })
  await page.getByTestId('import-button').click()
  await expect(page.getByTestId('import-summary')).toBeVisible({ timeout: 60_000 })
  const large = (await classified(page)).find((one) => one.file === file)
  if (!large) throw new Error('the large film was not imported')
  await openAndTime(page, large.id)
  const machine = await machineText(workstation)

  const rows = [['', 'frames/s', 'median, ms', '95 %, ms', 'longest, ms', 'processor time a frame, ms']]
  for (const scene of scenes) {
    await resize(app, scene.width, scene.height)
    for (const { name, keys } of drags) {
      await page.keyboard.press('r')
      for (const key of [...scene.keys, ...keys]) await page.keyboard.press(key)
      await page.waitForTimeout(500)
      const { perSecond, median, slow, longest, cost } = await framesWhileDragging(workstation)
      rows.push([
        `${scene.name}: ${name}`,
        ...[perSecond, median, slow, longest, cost].map((value) => value.toFixed(0)),
      ])
      console.log(rows.at(-1)?.join(' · '))
    }
  }
  await workstation.close()
  await writeResult(
    'frame-times',
    `# Frame times of a 3000 × 3000 film, 12 bits

Made by \`npm run bench:window\` (test/bench/frameTimes.bench.ts). ${machine}

The left button is held down for three seconds and the mouse moved a hundred times a second. A frame counts when it is drawn
(renderer/viewer/frameTimes.ts); the screen allows 60 a second. Processor time is that of all the app's processes.

${tableText(rows)}

The screen of this machine is a virtual one and its 2D canvas is drawn by the processor, so these are figures of software
rendering. What a graphics processor gives was not measured: the machine has none with a screen.
`,
  )
})
