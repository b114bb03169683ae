import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditPicture } from '../../../main/engine/audit'
import { predictedClass } from '../../../main/engine/audit/objectives/decision'
import type { AuditEvent, PictureAudit } from '../../../main/engine/audit/request'
import { TINY_SETTINGS, tinyAudit } from '../../support/tinyAudit'

/** Logit from which this classifier says yes: below the film's −0.12, which a threshold of a half would call a no. */
const BOUNDARY = -0.4
const THRESHOLD = 1 / (1 + Math.exp(-BOUNDARY))

describe('an audit by a classifier whose threshold is not a half', () => {
  let tiny: ReturnType<typeof tinyAudit>
  let outcome: PictureAudit['outcome']
  const events: AuditEvent[] = []

  beforeAll(async () => {
    tiny = tinyAudit()
    const network = { ...tiny.dependencies.network, boundary: BOUNDARY }
    const request = {
      ...({ filmLevels: tiny.picture, preset: 'quick', objective: 'activation', seed: 3, repeat: true } as const),
      settings: TINY_SETTINGS,
    }
    const onEvent = (event: AuditEvent) => events.push(event)
    outcome = (await auditPicture({ ...tiny.dependencies, network }, request, { onEvent })).outcome
  })
  afterAll(() => tiny.dispose())

  it('says which threshold it is, from the start on', () => {
    expect(outcome.threshold).toBeCloseTo(THRESHOLD, 10)
    expect(events.find(({ kind }) => kind === 'started')).toMatchObject({ threshold: outcome.threshold })
  })

  it('calls each stop kept that lies on the film’s side of it', () => {
    // the film is a yes by this threshold and would be a no by a half: so are all stops
    const read = [outcome.original, outcome.simplified, ...outcome.path].map(({ probability }) => probability)
    for (const probability of read) expect(probability > THRESHOLD && probability < 0.5).toBe(true)
    expect(outcome.path.length).toBeGreaterThan(3)
    expect(outcome.path.map(({ decisionKept }) => decisionKept)).toEqual(outcome.path.map(() => true))
  })

  it('chooses a stop that keeps the decision, and certifies it under every noise', () => {
    expect(outcome.decisionKept).toBe(true)
    expect(outcome.certificate).toMatchObject({ decisionKept: true, draws: { kept: 8, of: 8 } })
    expect(outcome.certificate.repeatability?.decisionsKept).toBe(2)
    expect(outcome.warnings.join(' ')).not.toMatch(/NOT a counterpart|near the threshold/)
  })

  it('judges the cheap rivals by it', () => {
    for (const { figures, decisionKept } of outcome.rivals) expect(figures.logit >= BOUNDARY).toBe(decisionKept)
    expect(outcome.rivals).toHaveLength(3)
  })

  it('matches the class that is decided for, not the likelier one', () => {
    const network = { ...tiny.dependencies.network, boundary: BOUNDARY }
    const classes = tf.tidy(() =>
      predictedClass(network, tf.tensor2d([0, -0.39, 0, -0.41, 0, 0.1], [3, 2])).arraySync(),
    )
    expect(classes).toEqual([1, 0, 1])
  })
})
