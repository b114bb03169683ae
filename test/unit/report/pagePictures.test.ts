import { decode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { pagePictures } from '../../../main/adapters/report/pagePictures'
import { buildCaseReport } from '../../../main/domain/report'
import { exampleRecord, exampleReportInput } from '../../support/exampleReport'

function picture(name: string, film: { width: number; height: number; pixels: Uint8Array }) {
  const record = exampleRecord()
  const { input } = record
  const box = { x: 32, y: 0, width: 64, height: 128 }
  const report = buildCaseReport(
    exampleReportInput({ film, record: { ...record, input: { ...input, modelInput: { ...input.modelInput, box } } } }),
  )
  const address = pagePictures(report)[name] ?? ''
  return decode(Buffer.from(address.replace('data:image/png;base64,', ''), 'base64'))
}

describe('pictures of the report', () => {
  it.each([
    ['larger than the page needs', 1000, 2000],
    ['smaller than the page needs', 50, 100],
  ])('puts a film that is %s where the model sees it', (_, width, height) => {
    const film = { width, height, pixels: new Uint8Array(width * height).fill(200) }
    const { width: side, data } = picture('film', film)
    expect(side).toBe(640)
    const row = Array.from(data.slice(320 * side, 321 * side))
    expect(row.slice(0, 160)).toEqual(Array<number>(160).fill(0))
    expect(row.slice(160, 480)).toEqual(Array<number>(320).fill(200))
    expect(row.slice(480)).toEqual(Array<number>(160).fill(0))
  })

  it('shows maps and simplified picture at the same size', () => {
    const film = { width: 50, height: 100, pixels: new Uint8Array(5000) }
    for (const name of ['simplified', 'keptMap', 'removedMap', 'originalMap'])
      expect(picture(name, film).width).toBe(640)
  })
})
