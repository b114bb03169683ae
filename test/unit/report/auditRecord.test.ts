import { describe, expect, it } from 'vitest'
import { auditRecord, type AuditResult, type OwnNote } from '../../../contract'
import { auditRecordOf, detailOfFrame, framesOf } from '../../../main/domain/auditRecord'
import { exampleHeader, exampleRecord } from '../../support/exampleReport'

const record = exampleRecord()
const maps = { originalMap: new Float32Array(2), flatMap: new Float32Array(2), simplifiedMap: new Float32Array(2) }

/** An audit of three stops of two pixels each. */
function result(changes: Partial<AuditResult> = {}): AuditResult {
  const { model, flow, backend } = record
  const versions = { node: '20.0.0' }
  return {
    ...{
      outcome: { ...record, warnings: ['of the audit'] },
      model,
      flow,
      backend,
      versions,
      ...maps,
    },
    pictures: Uint8Array.of(1, 2, 3, 4, 5, 6),
    maps: Float32Array.of(1, 2, 3, 4, 5, 6),
    details: Uint8Array.of(10, 20, 30, 40, 50, 60),
    simplifiedPicture: Uint8Array.of(3, 4),
    ...changes,
  } as AuditResult
}

const film = {
  file: 'film.dcm',
  header: exampleHeader({ warnings: [{ code: 'TEST', message: 'of the header', mustConfirm: false }] }),
  input: { pixels: new Uint8Array(2), record: record.input.modelInput } as never,
  createdAt: record.createdAt,
  productVersion: '1.2.3',
  zones: record.zones as never,
  restriction: null,
  chestDoubt: null,
}

describe('the record of an audit', () => {
  it('warns of what audit, header and picture give reason for, in this order', () => {
    const warnings = (chestDoubt: string | null) => auditRecordOf(result(), { ...film, chestDoubt }).warnings
    expect(warnings(null)).toEqual(['of the audit', 'of the header'])
    expect(warnings('of the picture')).toEqual(['of the audit', 'of the header', 'of the picture'])
  })

  it('names part and own classifier where there are any, and is a record either way', () => {
    const own: OwnNote = { format: 'tfjs-graph', layers: 3 } as never
    const restriction = { what: 'outside' } as never
    const plain = auditRecordOf(result(), film)
    expect(plain).not.toHaveProperty('own')
    expect(plain).not.toHaveProperty('restriction')
    expect(auditRecordOf(result({ own }), { ...film, restriction })).toMatchObject({ own, restriction })
    expect(auditRecord.safeParse({ ...plain, zones: record.zones }).error).toBeUndefined()
    expect(plain.versions['simplebits']).toBe('1.2.3')
  })
})

describe('the frames of an audit', () => {
  it('are as many as stops, each with the detail that it has left', () => {
    const frames = framesOf(result())
    expect(frames.count).toBe(3)
    expect([0, 1, 2].map((frame) => [...(detailOfFrame(frames, frame) ?? [])])).toEqual([
      [10, 20],
      [30, 40],
      [50, 60],
    ])
  })

  it('give no detail of a frame that there is not, or in an audit of an earlier version', () => {
    const frames = framesOf(result())
    for (const frame of [-1, 3]) expect(detailOfFrame(frames, frame), `${frame}`).toBeUndefined()
    expect(detailOfFrame({ ...frames, details: null }, 0)).toBeUndefined()
  })
})
