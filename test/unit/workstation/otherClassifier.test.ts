import { describe, expect, it } from 'vitest'
import { BUNDLED_CLASSIFIER, sha256 } from '../../../contract'
import { auditLine, caseSummaryOf, type WorklistEntry } from '../../../main/app/worklist/caseSummaryOf'
import type { DecidingClassifier } from '../../../main/domain/decidingClassifier'
import { exampleAlarm } from '../../support/exampleAlarm'
import { exampleCase } from '../../support/exampleCase'
import { exampleRecord } from '../../support/exampleReport'

const [one, two] = ['a', 'b'].map((digit) => sha256.parse(digit.repeat(64)))
if (!one || !two) throw new Error('two hashes')
const deciding: DecidingClassifier = { name: BUNDLED_CLASSIFIER, sha256: one, rule: one, threshold: 0.5 }
const alarm = exampleAlarm({ zone: 'markers', place: { x: 0, y: 0, width: 24, height: 24 } })
const decision = { probability: 0.75, present: true, model: one, rule: one }

/** A film that the first classifier has decided and was audited for, with an alarm. */
const entry = (changes: Partial<WorklistEntry> = {}): WorklistEntry => ({
  stored: exampleCase(1, { decision }),
  audit: auditLine(exampleRecord()),
  ...{ alarm, readBy: [], unread: [], activity: null },
  ...changes,
})
const seenBy = (classifier: DecidingClassifier | null, changes: Partial<WorklistEntry> = {}) =>
  caseSummaryOf(entry(changes), { reader: '', classifier })

describe('an audit', () => {
  it('counts, with its alarm, for the classifier that it is about', () => {
    expect(seenBy(deciding)).toMatchObject({
      ...{ status: 'audited', queues: ['alarm'], alarm: { raised: true }, audit: { ofClassifierInUse: true } },
    })
    // a threshold that went through a logit and back
    expect(seenBy({ ...deciding, threshold: 0.5 + 1e-9 }).audit?.ofClassifierInUse).toBe(true)
  })

  it.each([
    ['another classifier', { ...deciding, sha256: two, rule: two }],
    ['another threshold', { ...deciding, rule: two, threshold: 0.292 }],
    ['none that is known', null],
  ])('raises no alarm and is none where %s decides, but is still shown as what it is', (_, classifier) => {
    expect(seenBy(classifier)).toMatchObject({
      ...{ status: 'new', queues: ['unaudited'], alarm: null, decision: null, probability: null },
      audit: { ofClassifierInUse: false, bitsLeft: expect.any(Number) },
    })
  })

  it('shows that the film was confirmed, whoever it is about', () => {
    const warnings = [{ code: 'WRONG_MODALITY', message: 'CT', mustConfirm: true }]
    const said = { ...decision, model: two, rule: two }
    const stored = exampleCase(1, { warnings, decision: said, reportLabel: 'no effusion' })
    const other = { ...deciding, sha256: two, rule: two }
    expect(seenBy(other, { stored }).queues).toEqual(['false-positive', 'unaudited'])
    expect(seenBy(other, { stored, audit: null }).queues).toEqual(['unaudited'])
  })
})

describe('a decision', () => {
  const by = (rule: typeof one | null) =>
    seenBy(deciding, { stored: exampleCase(1, { decision: { ...decision, rule } }) }).decision

  it('is that of the calibration and threshold in use, or of before they were kept', () => {
    expect(by(one)).toBe(true)
    expect(by(two)).toBeNull()
    expect(by(null)).toBe(true)
  })
})
