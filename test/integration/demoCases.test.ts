import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { reportLabel } from '../../contract'
import { readFilm } from '../../main/adapters/dicom'
import { samePixels } from '../support/samePixels'
import { sharedData } from '../support/sharedData'

const demo = resolve(import.meta.dirname, '../../demo')
const { cases } = z
  .strictObject({
    cases: z.array(
      z.strictObject({
        file: z.string(),
        reportLabel,
        findings: z.array(z.string()).min(1),
        source: z.string(),
        attribution: z.string(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(join(demo, 'cases.json'), 'utf8')))
const nih = cases.filter(({ file }) => file.startsWith('nih_'))
const films = sharedData('demo1024')

describe('bundled cases', () => {
  it('are the films of the folder, in both labels, and stay small', () => {
    const files = readdirSync(demo).filter((file) => file.endsWith('.dcm'))
    expect(cases.map(({ file }) => file).sort()).toEqual(files.sort())
    const labels = new Set(nih.map((each) => each.reportLabel))
    expect(labels).toEqual(new Set(['effusion', 'no effusion']))
    const bytes = files.reduce((sum, file) => sum + statSync(join(demo, file)).size, 0)
    expect(bytes).toBeLessThan(12e6)
  })

  it.each(nih.map(({ file }) => file))('%s is an honest secondary capture', async (file) => {
    const { header } = await readFilm(join(demo, file))
    expect(header).toMatchObject({ width: 1024, height: 1024, photometric: 'MONOCHROME2', lossy: false, warnings: [] })
    expect(header.identity).toMatchObject({
      sopClassUid: '1.2.840.10008.5.1.4.1.1.7',
      patientName: `NIH ${file.slice(4, 12)}`,
      bodyPart: 'CHEST',
    })
    expect(header.spacing?.plane ?? 'detector').toBe('detector')
  })

  it.skipIf(films === null).each(nih.map(({ file }) => file))('%s holds the published pixels', async (file) => {
    const png = await readFilm(join(films ?? '', file.replace(/^nih_(.*)\.dcm$/, '$1.png')))
    expect(samePixels((await readFilm(join(demo, file))).pixels, png.pixels)).toBe(true)
  })

  it('scales the original’s spacing with the picture', async () => {
    // 3056 × 2544 pixels of 0.139 mm became 1024 × 1024.
    const { header } = await readFilm(join(demo, 'nih_00000061_012.dcm'))
    expect(header.spacing?.columnMm).toBeCloseTo((0.139 * 3056) / 1024, 5)
    expect(header.spacing?.rowMm).toBeCloseTo((0.139 * 2544) / 1024, 5)
  })
})
