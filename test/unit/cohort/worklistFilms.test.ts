import { describe, expect, it } from 'vitest'
import { caseSummary, sha256 } from '../../../contract'
import { cohortFilmOf } from '../../../main/app/cohort'
import { exampleCase } from '../../support/exampleCase'

const [one, other, flow] = ['a', 'b', 'c'].map((digit) => sha256.parse(digit.repeat(64)))
if (!one || !other || !flow) throw new Error('three hashes')
const by = (sha: typeof one, threshold = 0.5) => ({ sha256: sha, rule: sha, threshold })
const stored = exampleCase(1, {
  reportLabel: 'effusion',
  decision: { probability: 0.7, present: true, model: one, rule: one },
})
const summary = caseSummary.parse({
  ...{ id: stored.id, file: stored.file, bundled: false, status: 'audited', patientLine: '', title: 'film' },
  ...{ sex: null, age: null, view: 'PA', studyDate: null, patientKey: null, reportLabel: 'effusion' },
  ...{ probability: 0.7, decision: true, misclassified: false, thumbnail: null, readBy: [], queues: [] },
  audit: {
    bitsLeft: 0.3,
    aboveFlat: 0.1,
    decisionKept: true,
    createdAt: stored.addedAt,
    ...{ threshold: 0.5, ofClassifierInUse: true },
    ...{ classifier: one, flow, whole: true, stoppedEarly: false, preset: 'thorough', objective: 'gradient' },
  },
  ...{ wrongness: null, alarm: null, error: null, warnings: [] },
})

describe('a film of the cohort', () => {
  it('counts with what the classifier in use said and was audited for', () => {
    expect(cohortFilmOf(stored, { summary, confirmed: true }, { classifier: by(one), flow })).toMatchObject({
      ...{ label: 'effusion', probability: 0.7, view: 'PA', otherAudit: false, addedAt: stored.addedAt },
      audit: { bitsLeft: 0.3, aboveFlat: 0.1, decisionKept: true, preset: 'thorough', objective: 'gradient' },
    })
  })

  it('has no decision and no audit of a classifier that never saw it', () => {
    expect(cohortFilmOf(stored, { summary, confirmed: true }, { classifier: by(other), flow })).toMatchObject({
      ...{ probability: null, audit: null, otherAudit: true },
    })
  })

  it('has no decision and no audit of a classifier that decides by another calibration and threshold now', () => {
    const classifier = { ...by(one, 0.3), rule: other }
    expect(cohortFilmOf(stored, { summary, confirmed: true }, { classifier, flow })).toMatchObject({
      ...{ probability: null, audit: null, otherAudit: true },
    })
  })

  it('leaves out what cannot be compared: bits of another flow, of a part of the film, of a search that was cut off', () => {
    const left = { probability: 0.7, audit: null, otherAudit: true }
    expect(cohortFilmOf(stored, { summary, confirmed: true }, { classifier: by(one), flow: other })).toMatchObject(left)
    const part = { ...summary, audit: summary.audit && { ...summary.audit, whole: false } }
    expect(cohortFilmOf(stored, { summary: part, confirmed: true }, { classifier: by(one), flow })).toMatchObject(left)
  })

  it('has no decision before it is confirmed', () => {
    const open = cohortFilmOf(stored, { summary, confirmed: false }, { classifier: by(one), flow })
    expect(open).toMatchObject({ probability: null, unconfirmed: true })
  })
})
