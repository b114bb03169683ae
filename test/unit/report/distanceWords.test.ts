import { describe, expect, it } from 'vitest'
import { auditRecord } from '../../../contract'
import { buildCaseReport } from '../../../main/domain/report'
import { exampleRecord, exampleReportInput } from '../../support/exampleReport'

const reported = (changes: Parameters<typeof exampleRecord>[0]) => {
  const record = exampleRecord(changes)
  expect(auditRecord.safeParse(record).error).toBeUndefined()
  const { howToRead, certificate, rivalsNote } = buildCaseReport(exampleReportInput({ record }))
  return { read: howToRead.join(' '), note: certificate.distanceNote, rivalsNote }
}
const { original } = exampleRecord()
const measured = { ...original, matchingDistance: 0.2041 }

describe('a matching distance in the report', () => {
  it('is to be read beside the film’s own, which is not 0', () => {
    const { read, note, rivalsNote } = reported({ original: measured })
    for (const text of [read, note, rivalsNote]) {
      expect(text).toContain('the film itself lies at 0.204; the smaller the difference to that, the nearer')
      expect(text).not.toMatch(/0 is the same|are 0 where/)
    }
  })

  it('says that the film’s own was not measured where an earlier version did not', () => {
    const { read, note, rivalsNote } = reported({ original })
    for (const text of [read, note, rivalsNote]) expect(text).toContain('does not lie at 0 either')
  })

  it('does not set a film’s gradient distance beside an activation distance', () => {
    const { note, rivalsNote } = reported({ original: measured, objective: 'gradient' })
    expect(note).toContain('was not measured')
    expect(rivalsNote).toContain('lies at 0.204')
  })

  it('says what red means for a rival', () => {
    expect(reported({}).rivalsNote).toContain(
      'Decision in red and with *: another than on the film, or not the same under every noise',
    )
  })
})
