import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { finding, RESEARCH_USE_ONLY } from '../../contract'
import { pdfReportWriter } from '../../main/adapters/report'
import { buildCaseReport, type CaseReportInput } from '../../main/domain/report'
import { exampleKeyImage } from '../support/exampleMarks'
import { exampleRecord, exampleReportInput, lostRecord, withoutDetail } from '../support/exampleReport'
import { readPdf, type ReadPdf } from '../support/pdf'
import { temporaryFolder } from '../support/temporaryFolder'

const folder = temporaryFolder()

async function reportOf(name: string, changes: Partial<CaseReportInput>): Promise<ReadPdf> {
  const file = join(folder, name)
  await pdfReportWriter.write(buildCaseReport(exampleReportInput(changes)), file)
  return readPdf(file)
}

/** Every byte of a PDF that a search could find: the file and its inflated streams. */
function allBytes(file: string): string {
  const raw = readFileSync(file)
  let text = raw.toString('latin1')
  for (let at = raw.indexOf('stream\n'); at >= 0; at = raw.indexOf('stream\n', at + 7)) {
    const end = raw.indexOf('endstream', at)
    if (raw.subarray(at - 3, at).toString() === 'end') continue
    try {
      text += inflateSync(raw.subarray(at + 7, end)).toString('latin1')
    } catch {
      // A stream that is not deflated stands in the file as it is.
    }
  }
  return text
}

describe('report of a kept decision', () => {
  let pdf: ReadPdf
  beforeAll(async () => {
    pdf = await reportOf('kept.pdf', {})
  })

  it('is A4, three pages at most, numbered', () => {
    expect(pdf.size.map(Math.round)).toEqual([595, 842])
    expect(pdf.pages.length).toBeLessThanOrEqual(3)
    pdf.pages.forEach((text, i) => {
      expect(text).toContain(`page ${i + 1} of ${pdf.pages.length}`)
    })
  })

  it('says on every page, head and foot, that it is not for diagnosis', () => {
    for (const text of pdf.pages) expect(text.split(RESEARCH_USE_ONLY)).toHaveLength(3)
  })

  it('holds findings, certificate, rivals, hashes, settings and versions', () => {
    const text = pdf.pages.join(' ')
    const expected = [
      'Decision kept',
      'Probability of effusion 0.781 0.720',
      'same under all 8 noise draws',
      'Blur, 3.4 pixels',
      'bits per pixel',
      'a'.repeat(64),
      'b'.repeat(64),
      'Seed',
      'lastPressure',
      'simplebits.audit/1',
      'What it cannot tell',
      'Dr. Ångström',
    ]
    for (const words of expected) expect(text).toContain(words)
  })

  it('holds nothing of the header: not in text, metadata, attachments or any stream', () => {
    const all = [...pdf.pages, JSON.stringify(pdf.metadata), allBytes(join(folder, 'kept.pdf'))].join('\n')
    expect(all).toContain('SB-04HM-ASW9')
    for (const word of ['TEST', 'Erika', '058Y']) expect(all).not.toContain(word)
    // Digits inside of a coordinate are chance.
    for (const number of ['4711', '19990131']) expect(all).not.toMatch(new RegExp(`(?<![\\d.])${number}(?!\\d)`))
    // PDF strings may also be UTF-16: T, E, S, T with zero bytes between.
    expect(all).not.toContain('T\0E\0S\0T')
    expect(pdf.attachments).toBeNull()
  })

  it('leaves no part of a file behind', () => {
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})

describe('detail left', () => {
  it('stands on the first page in the place of the bits kept, which join the small maps; by width on the second', async () => {
    const { pages } = await readPdf(join(folder, 'kept.pdf'))
    const [first = '', second = '', third = ''] = pages
    for (const words of [
      'Detail left',
      'share of the film’s detail',
      '0 % 5 % 10 %',
      'Bits kept',
      'Bits removed',
      'averaged',
    ])
      expect(first).toContain(words)
    expect(first.indexOf('Detail left')).toBeLessThan(first.indexOf('Bits kept'))
    expect(first.split('averaged over neighbours')).toHaveLength(2)
    for (const words of ['Detail left by width of structure', 'pixels of the model’s picture', 'over 26', '26 %'])
      expect(second).toContain(words)
    expect(third).toContain('100 % as on the film')
  })

  it('is not spoken of where the audit did not measure it', async () => {
    const { frames } = exampleReportInput()
    const changes = { record: withoutDetail(exampleRecord()), frames: { ...frames, details: null } }
    const pdf = await reportOf('no-detail.pdf', changes)
    expect(pdf.pages).toHaveLength(3)
    expect(pdf.pages.join(' ')).not.toContain('Detail left')
    expect(pdf.pages[0]).toContain('Bits kept')
    expect(pdf.pages[0]?.indexOf('Bits kept')).toBeLessThan(pdf.pages[0]?.indexOf('Before and after') ?? -1)
  })
})

describe('report of a lost decision', () => {
  it('says so first, in red', async () => {
    const pdf = await reportOf('lost.pdf', { record: lostRecord() })
    expect(await pdf.colourOf('Decision not kept')).toBe('#b3261e')
    const [first = ''] = pdf.pages
    expect(first.indexOf('Decision not kept')).toBeLessThan(first.indexOf('Before and after'))
    expect(first).not.toContain('Decision kept')
  })

  it('is not red where the decision was kept', async () => {
    const pdf = await readPdf(join(folder, 'kept.pdf'))
    expect(await pdf.colourOf('Decision kept')).toBe('#1d7a4c')
  })
})

describe('full identification', () => {
  it('prints what the file says of the patient, and keeps it out of the metadata', async () => {
    const pdf = await reportOf('full.pdf', { identification: 'full' })
    expect(pdf.pages[0]).toContain('TESTNAME^Erika')
    expect(pdf.pages[0]).toContain('TESTID-4711')
    expect(JSON.stringify(pdf.metadata)).not.toContain('TEST')
    // Head and foot of every page say so.
    for (const text of pdf.pages) expect(text.split('Contains patient data')).toHaveLength(3)
    expect((await readPdf(join(folder, 'kept.pdf'))).pages.join(' ')).not.toContain('patient data')
  })
})

describe('reader’s notes', () => {
  it('prints letters of other scripts and shows markup as it was typed', async () => {
    const notes = 'Größe, Überlauf, ß\nΠλευριτική συλλογή\nПлевральный выпот\n<b>x</b> {{y}} \\ %PDF ≥ ±'
    const text = (await reportOf('notes.pdf', { notes })).pages.join(' ')
    for (const line of notes.split('\n')) expect(text).toContain(line)
  })

  it('lets long notes run on over pages, whole, with the line on each', async () => {
    const sentences = Array.from({ length: 900 }, (_, i) => `Sentence ${i}.`)
    const pdf = await reportOf('long.pdf', { notes: sentences.join(' ') })
    const text = pdf.pages.join(' ')
    for (const i of [0, 1, 450, 899]) expect(text).toContain(`Sentence ${i}.`)
    for (const page of pdf.pages) expect(page).toContain(RESEARCH_USE_ONLY)
  })

  it('does not fetch or read what a text points to', async () => {
    const notes = 'file:///etc/hostname https://example.invalid/x.png data:image/png;base64,AAAA'
    const pdf = await reportOf('links.pdf', { notes })
    expect(pdf.pages.join(' ')).toContain('https://example.invalid/x.png')
    expect(allBytes(join(folder, 'links.pdf'))).not.toContain('/URI')
  })
})

describe('findings', () => {
  it('are set with reader, answers and text', async () => {
    const said = finding.parse({ effusion: 'left', size: 'large', agrees: 'no', reasons: ['device'], text: 'Größe' })
    const version = { number: 1, reader: 'Dr. Ångström', state: 'given', savedAt: '2026-01-02T03:04:05.000Z' } as const
    const text = (await reportOf('findings.pdf', { findings: [{ ...version, finding: said }] })).pages.join(' ')
    for (const word of ['Reader’s finding', 'left, large', 'Why the classifier erred', 'device', 'Größe'])
      expect(text).toContain(word)
  })
})

describe('report with key images', () => {
  it('has one page of them, with captions and how they were shown', async () => {
    const keyImages = Array.from({ length: 5 }, (_, i) => exampleKeyImage(i + 1, `Caption number ${i + 1}`))
    const { pages } = await reportOf('key-images.pdf', { keyImages })
    const withPictures = pages.filter((text) => text.includes('Key images'))
    expect(withPictures).toHaveLength(1)
    for (const { caption, shownAs } of keyImages) {
      expect(withPictures[0]).toContain(caption)
      expect(withPictures[0]).toContain(shownAs)
    }
  })

  it('holds twelve on one page too', async () => {
    const keyImages = Array.from({ length: 12 }, (_, i) => exampleKeyImage(i + 1, `Caption number ${i + 1}`))
    const { pages } = await reportOf('twelve.pdf', { keyImages })
    expect(pages.filter((text) => text.includes('Caption number'))).toHaveLength(1)
  })
})
