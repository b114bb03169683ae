import { describe, expect, it } from 'vitest'
import type { Zones } from '../../../contract'
import { buildCaseReport } from '../../../main/domain/report'
import { sidesHint } from '../../../renderer/presentation/zoneWords'
import { exampleHeader, exampleRecord, exampleReportInput } from '../../support/exampleReport'

describe('the sides of zones', () => {
  it.each([
    ['L', 'its left is the patient’s right'],
    ['RA', 'its left is the patient’s left'],
    ['AL', 'not the patient’s sides'],
  ])('are the patient’s as the file says where rows point to %s', (row, words) => {
    const hint = sidesHint({ row, column: 'F' }, { upright: true })
    expect(hint).toContain(words)
    expect(hint).not.toContain('usual orientation')
  })

  it('are the usual ones, unchecked, where the file does not say', () => {
    expect(sidesHint(null, { upright: true })).toMatch(
      /as stored.*usual orientation its left is the patient’s right.*not check/,
    )
  })

  it('are said to be those of the stored picture first where the film lies otherwise on screen', () => {
    expect(sidesHint(null, { upright: true })).not.toContain('turned or flipped')
    expect(sidesHint(null, { upright: false })).toMatch(/^The film is turned or flipped on screen\. .*as stored/)
  })

  it('are named in the report too', () => {
    const outline = {
      points: Array.from({ length: 6 }, () => ({ x: 0, y: 0 })),
      confidence: 1,
      baseExtrapolated: false,
    }
    const zones: Zones = {
      ...{ version: 'zones/1', source: 'automatic', pictureLeft: outline, pictureRight: outline },
      ...{ sure: true, reasons: [] },
    }
    const record = exampleRecord({ zones: { zones, bits: [], alarm: null } })
    const header = exampleHeader({ orientation: { row: 'R', column: 'F' } })
    const report = buildCaseReport(exampleReportInput({ record, header }))
    expect(report.zones?.notes[0]).toContain('By the file, its left is the patient’s left.')
  })
})
