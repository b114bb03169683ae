import { describe, expect, it } from 'vitest'
import { auditRecord, type Rival } from '../../../contract'
import { summaryRow } from '../../../main/domain/auditSummary'
import { buildCaseReport } from '../../../main/domain/report'
import { auditedHow } from '../../../main/domain/zones'
import { exampleRecord, exampleReportInput } from '../../support/exampleReport'

/** As audits were recorded while they searched in the flow's latents. */
function formerRecord() {
  const record = exampleRecord()
  const rivals = record.rivals.map((rival): Rival => (rival.kind === 'even' ? { ...rival, kind: 'start' } : rival))
  const settings = { start: 'flat', startShare: 0.5, pressures: [5, 20], stepsPerPressure: 60 }
  return auditRecord.parse({ ...record, rivals, settings })
}

describe('an audit of an earlier version', () => {
  it('names its rivals as they were made', () => {
    const record = formerRecord()
    const { rivals } = buildCaseReport({ ...exampleReportInput(), record })
    expect(rivals.at(-1)?.name).toMatch(/^Starting picture, 25.% of the way to the film$/)
  })

  it('has no ratio to a rival that it never met', () => {
    const { ratio } = summaryRow('case', formerRecord(), null)
    expect(ratio.blur).toBeGreaterThan(0)
    expect(ratio.even).toBeNull()
  })

  it('does not count as one that the alarm was set for', () => {
    expect(auditedHow(formerRecord()).fromFilm).toBe(false)
    expect(auditedHow(exampleRecord()).fromFilm).toBe(true)
  })
})
