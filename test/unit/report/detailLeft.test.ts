import { decode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { pagePictures } from '../../../main/adapters/report/pagePictures'
import { zonesSection } from '../../../main/adapters/report/zonesSection'
import { buildCaseReport, type CaseReportInput } from '../../../main/domain/report'
import { colourTable } from '../../../main/domain/colourMap'
import {
  exampleHeader,
  exampleRecord,
  exampleReportInput,
  lostRecord,
  withoutDetail,
} from '../../support/exampleReport'

const PIXELS = 128 * 128
const reportOf = (changes: Partial<CaseReportInput> = {}) => buildCaseReport(exampleReportInput(changes))

/** A way whose chosen stop has left so much of the detail everywhere, 255 all of it, and more in one place. */
function framesWith(share: number, { highest }: { highest: number }): CaseReportInput['frames'] {
  const { frames } = exampleReportInput()
  const details = new Uint8Array(frames.count * PIXELS).fill(255)
  const { frame } = exampleRecord().simplified
  details.fill(share, frame * PIXELS, (frame + 1) * PIXELS)
  details[frame * PIXELS] = highest
  return { ...frames, details }
}

const formerly = () => {
  const { frames } = exampleReportInput()
  return { record: withoutDetail(exampleRecord()), frames: { ...frames, details: null } }
}

describe('map of the detail left', () => {
  it('is the chosen stop’s, in per cent, in colours from nothing to its highest share, rounded up', () => {
    const { detail } = reportOf({ frames: framesWith(51, { highest: 60 }) }).pictures
    expect(detail?.map).toHaveLength(PIXELS)
    expect(detail?.map[1]).toBeCloseTo(20, 4)
    expect(detail?.scale).toEqual({ low: 0, high: 30 })
  })

  it.each([
    ['a part that had to stay', 255, 100],
    ['a round share', 51, 20],
    ['nothing at all', 0, 10],
  ])('has a scale for %s', (_, highest, high) => {
    expect(reportOf({ frames: framesWith(0, { highest }) }).pictures.detail?.scale).toEqual({ low: 0, high })
  })

  it('is painted on its own scale, not on that of the bits', () => {
    const pictures = pagePictures(reportOf({ frames: framesWith(51, { highest: 102 }) }))
    const { data } = decode(Buffer.from(pictures['detailMap']?.split(',')[1] ?? '', 'base64'))
    const middle = Math.round(255 / 2) * 3
    expect([...data.slice(-3)]).toEqual([...colourTable().slice(middle, middle + 3)])
  })

  it('is absent from audits of earlier versions', () => {
    const report = reportOf(formerly())
    expect(report.pictures.detail).toBeNull()
    expect(pagePictures(report)).not.toHaveProperty('detailMap')
  })
})

describe('detail left by width', () => {
  it('is that of the chosen stop, in pixels of the model where the film says no size', () => {
    const byWidth = reportOf().detailByWidth
    expect(byWidth?.unit).toBe('pixels of the model’s picture')
    expect(byWidth?.rows.map(({ width, left }) => `${width}: ${left}`)).toEqual([
      'under 2: 0 %',
      '2–3: 1 %',
      '3–7: 2 %',
      '7–13: 11 %',
      '13–26: 19 %',
      'over 26: 26 %',
    ])
  })

  it('is in millimetres where it does', () => {
    const spacing = { rowMm: 0.6, columnMm: 0.6, plane: 'detector' as const }
    const byWidth = reportOf({ header: exampleHeader({ width: 510, spacing }) }).detailByWidth
    expect(byWidth?.unit).toBe('mm at detector')
    // A model pixel is 510 · 0.6 mm / 102 = 3 mm wide; 2.355 · 0.7 · 3 = 5.
    expect(byWidth?.rows[0]?.width).toBe('under 5')
  })

  it('is absent from audits of earlier versions', () => {
    const report = reportOf(formerly())
    expect(report.detailByWidth).toBeNull()
    expect(JSON.stringify(zonesSection(report))).not.toContain('Detail left')
  })
})

describe('detail left by zone', () => {
  const report = reportOf(formerly())
  const row = { name: 'Mediastinum', bits: '10', share: '2 %', filmShare: '3 %', area: '4 %' }
  const printed = (rows: (typeof report.zones.rows)[number][]) =>
    JSON.stringify(zonesSection({ ...report, zones: { ...report.zones, rows } }))

  it('has a column of its own, before the area', () => {
    const table = printed([{ ...row, detail: '12 %' }])
    expect(table).toMatch(/"Share on the film".*"Detail left".*"Area".*"3 %".*"12 %".*"4 %"/)
  })

  it('has none in audits of earlier versions', () => {
    expect(printed([row])).toMatch(/"Share on the film".*"Area".*"3 %".*"4 %"/)
    expect(printed([row])).not.toContain('Detail left')
  })
})

describe('what detail left means', () => {
  const read = (changes: Partial<CaseReportInput> = {}) => reportOf(changes).howToRead.join(' ')

  it('is said, with what it is no proof of', () => {
    expect(read()).toContain('the search had to leave at each place for the classifier to go on as it did')
    expect(reportOf().limits.join(' ')).toContain('is no proof that the place decides')
  })

  it('claims no need where the classifier did not go on as it did', () => {
    const lost = read({ record: lostRecord() })
    expect(lost).toContain('how much of the film’s detail the search left at each place')
    expect(lost).not.toContain('had to leave')
  })

  it('counts a part that had to stay as whole', () => {
    const restriction = { mode: 'keep' as const, brushed: false, pixels: 4000, zones: ['mediastinum' as const] }
    expect(read({ record: exampleRecord({ restriction }) })).toContain('the part that had to stay counts as 100 %')
    expect(read()).not.toContain('counts as 100 %')
  })

  it('is not said of audits of earlier versions', () => {
    const { howToRead, limits } = reportOf(formerly())
    expect([...howToRead, ...limits].join(' ')).not.toContain('Detail left')
  })
})
