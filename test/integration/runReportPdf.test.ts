import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { RESEARCH_USE_ONLY } from '../../contract'
import { pdfRunReportWriter } from '../../main/adapters/report'
import { buildRunReport } from '../../main/domain/report'
import type { RunReportInput } from '../../main/domain/report/runReport'
import { exampleRunReportInput } from '../support/exampleRun'
import { readPdf, type ReadPdf } from '../support/pdf'
import { temporaryFolder } from '../support/temporaryFolder'

const folder = temporaryFolder()

async function reportOf(name: string, changes: Partial<RunReportInput>): Promise<ReadPdf> {
  const file = join(folder, name)
  await pdfRunReportWriter.write(buildRunReport({ ...exampleRunReportInput(), ...changes }), file)
  return readPdf(file)
}

describe('report of a run', () => {
  let pdf: ReadPdf
  beforeAll(async () => {
    pdf = await reportOf('run.pdf', {})
  })

  it('is A4 on its side, numbered', () => {
    expect(pdf.size.map(Math.round)).toEqual([842, 595])
    pdf.pages.forEach((text, i) => {
      expect(text).toContain(`page ${i + 1} of ${pdf.pages.length}`)
    })
  })

  it('holds settings, table, trade-off, curves and pictures', () => {
    const text = pdf.pages.join(' ')
    const expected = [
      'Forty digits under noise',
      'glow-natural-32',
      'bits above blank left',
      'bits, λ 2',
      '95.0 %',
      'Score against bits',
      'trained on originals',
      'Training, a line a cell',
      'originals above (400 bits), simplified below (200 bits)',
      'How to read this',
    ]
    for (const words of expected) expect(text).toContain(words)
  })

  it('says on every page, head and foot, that it is not for diagnosis, however many pictures there are', async () => {
    const { samples } = exampleRunReportInput()
    const many = await reportOf('long.pdf', { samples: Array.from({ length: 30 }, () => samples).flat() })
    expect(many.pages.length).toBeGreaterThan(2)
    for (const text of [...pdf.pages, ...many.pages]) expect(text.split(RESEARCH_USE_ONLY)).toHaveLength(3)
  })

  it('prints no empty frames: what its typeface lacks is a box, and it says so', async () => {
    const { run } = exampleRunReportInput()
    const experiment = { ...run.experiment, title: '四十 цифр\nunder noise' }
    const text = (await reportOf('title.pdf', { run: { ...run, experiment } })).pages.join(' ')
    expect(text).toContain('□□ цифр under noise')
    expect(text).toContain('□ stands for a letter or sign that cannot be printed here')
    expect(pdf.pages.join(' ')).not.toContain('□')
  })
})
