import { describe, expect, it } from 'vitest'
import { betterRivalSentence, type AuditRecord } from '../../../contract'
import { buildCaseReport } from '../../../main/domain/report'
import { exampleRecord, exampleReportInput, lostRecord } from '../../support/exampleReport'

const reported = (record: AuditRecord) => buildCaseReport(exampleReportInput({ record }))

/** The blur of the same bits lies nearer to the film than the simplified picture. */
function outdone(record: AuditRecord): AuditRecord {
  const rivals = record.rivals.map((rival) => (rival.kind === 'blur' ? { ...rival, matchingDistance: 0.01 } : rival))
  return { ...record, rivals }
}

describe('a plain blur that does as well', () => {
  it('is told in the report as in the window, in verdict and certificate', () => {
    const record = outdone(exampleRecord())
    const sentence = betterRivalSentence(record)?.replaceAll('\u00a0', ' ')
    expect(sentence).toMatch(/^Plain processing does as well here: Blur, 3\.4 pixels leaves 45 % of the bits/)
    const { verdict, certificate } = reported(record)
    expect(verdict.sentences[1]).toBe(sentence)
    expect(certificate.sentences).toContain(sentence)
  })

  it('is told too where the decision alone was kept', () => {
    const { settings } = exampleRecord()
    const record = outdone(exampleRecord({ settings: { ...settings, limitDistance: 0.01 } }))
    const { kind, sentences } = reported(record).verdict
    expect(kind).toBe('decision')
    expect(sentences.join(' ')).toContain('Plain processing does as well here')
  })

  it('is not spoken of where none does, nor where the audit failed', () => {
    for (const record of [exampleRecord(), outdone(lostRecord())]) {
      const { verdict, certificate } = reported(record)
      expect([...verdict.sentences, ...certificate.sentences].join(' ')).not.toContain('Plain processing')
    }
  })
})

it('the limit of the search stands beside the activation distance, where it is one of the same distance', () => {
  const settings = { ...exampleRecord().settings, limitDistance: 0.4 }
  const note = (changes: Partial<AuditRecord>) => reported(exampleRecord(changes)).certificate.distanceNote
  expect(note({ settings })).toMatch(/^Activation distance \(limit 0\.40\): the film itself/)
  expect(note({ settings, objective: 'gradient' })).not.toContain('limit')
  expect(note({})).not.toContain('limit')
})
