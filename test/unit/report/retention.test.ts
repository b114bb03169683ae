import { describe, expect, it } from 'vitest'
import { chosenPoint, isDecisionKept, matchingDistanceOf, retentionOf, type AuditRecord } from '../../../contract'
import { exampleRecord } from '../../support/exampleReport'

const LIMITS = { limitProbability: 0.0625, limitDistance: 0.4 }

/** An audit whose chosen stop lies at `distance`, its probability `shift` away from the film's; within the limits. */
function audit({
  distance = 0.3,
  shift = 0,
  ...changes
}: Partial<AuditRecord> & { distance?: number; shift?: number }) {
  const record = exampleRecord({ decisionKept: true, settings: LIMITS, ...changes })
  const original = { ...record.original, probability: 0.5 }
  const simplified = { ...record.simplified, probability: 0.5 + shift }
  const path = record.path.map((point) => ({
    ...point,
    matchingDistance: point.frame === simplified.frame ? distance : 9,
  }))
  return { ...record, original, simplified, path }
}
const certificate = (changes: Partial<AuditRecord['certificate']>) => ({ ...exampleRecord().certificate, ...changes })

describe('what an audit retained', () => {
  it('goes by the limits that it ran with, the limits themselves within them', () => {
    expect(retentionOf(audit({}))).toBe('retained')
    for (const shift of [0.0625, -0.0625])
      expect(retentionOf(audit({ shift, distance: 0.4 })), `${shift}`).toBe('retained')
    for (const shift of [0.07, -0.07]) expect(retentionOf(audit({ shift })), `${shift}`).toBe('decision')
    expect(retentionOf(audit({ distance: 0.41 }))).toBe('decision')
  })

  it('is the whole where no limits were recorded', () => {
    expect(retentionOf(audit({ settings: {}, distance: 5, shift: 0.4 }))).toBe('retained')
  })

  it('is nothing where the search or a noise draw of the certificate lost the decision', () => {
    for (const decisionKept of [true, false])
      expect(isDecisionKept({ decisionKept: true, certificate: certificate({ decisionKept }) })).toBe(decisionKept)
    expect(retentionOf(audit({ certificate: certificate({ decisionKept: false }) }))).toBe('lost')
    expect(retentionOf(audit({ decisionKept: false, certificate: certificate({ decisionKept: true }) }))).toBe('lost')
  })
})

describe('the chosen stop', () => {
  it('is found by its frame, which is not its step', () => {
    const record = audit({})
    const chosen = chosenPoint(record)
    expect(chosen?.frame).toBe(record.simplified.frame)
    expect(chosenPoint({ ...record, simplified: { ...record.simplified, step: -1 } })).toBe(chosen)
    expect(matchingDistanceOf(record)).toBe(0.3)
  })

  it('gives way to the certificate’s mean where the way does not hold it', () => {
    const record = { ...audit({}), path: [] }
    expect(chosenPoint(record)).toBeUndefined()
    expect(matchingDistanceOf(record)).toBe(record.certificate.activationDistance.mean)
    expect(matchingDistanceOf(record)).toBeGreaterThan(0)
  })
})
