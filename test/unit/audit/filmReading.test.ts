import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { auditPicture, judgeFilm, prepareProblem } from '../../../main/engine/audit'
import { activationMatch } from '../../../main/engine/audit/objectives'
import type { AuditEvent, AuditRequest, PictureAudit } from '../../../main/engine/audit/request'
import { seededRng } from '../../../main/engine/rng'
import { TINY_SETTINGS, TINY_SIZE, tinyAudit } from '../../support/tinyAudit'

let tiny: ReturnType<typeof tinyAudit>
let audit: PictureAudit
const events: AuditEvent[] = []
beforeAll(async () => {
  tiny = tinyAudit()
  const settings = { ...TINY_SETTINGS, path: { ...TINY_SETTINGS.path, steps: 2 } }
  const request: AuditRequest = {
    ...{ filmLevels: tiny.picture, preset: 'quick', objective: 'activation', seed: 3, repeat: false, settings },
  }
  audit = await auditPicture(tiny.dependencies, request, { onEvent: (event) => events.push(event) })
})
afterAll(() => tiny.dispose())

it('a film does not lie at distance 0 from itself, and the audit says where it lies', () => {
  const own = tf.tidy(() => {
    const film = tf.div(tf.tensor4d(Float32Array.from(tiny.picture), [1, TINY_SIZE, TINY_SIZE, 1]), 255) as tf.Tensor4D
    const matcher = activationMatch({ klWeight: 0, slope: 'exact' }).prepare(tiny.dependencies.network, film)
    const [distance = NaN] = matcher.compare(film, 0).distance.dataSync()
    matcher.dispose()
    return distance
  })
  expect(own).toBeGreaterThan(0.1)
  expect(audit.outcome.original.matchingDistance).toBeCloseTo(own, 5)
  expect(events[0]).toMatchObject({ originalMatchingDistance: audit.outcome.original.matchingDistance })
})

it('judged alone, without bits, a film has the same decision and probability; no tensors are left', () => {
  const before = tf.memory().numTensors
  const objective = activationMatch({ klWeight: 10, slope: 'exact' })
  const question = { filmLevels: tiny.picture, objective, noiseDraws: 1, rng: seededRng(1) }
  const problem = prepareProblem({ ...tiny.dependencies, ...question })
  const { probability, filmDecision, boundary } = judgeFilm(problem)
  problem.dispose()
  expect(tf.memory().numTensors).toBe(before)
  expect(probability).toBe(audit.outcome.original.probability)
  expect(filmDecision).toBe(probability >= audit.outcome.threshold)
  expect(boundary).toBe(tiny.dependencies.network.boundary)
})

it('the map of the flat picture comes along: it sums to its bits and is not even', () => {
  const { flatMap, outcome } = audit
  const sum = flatMap.reduce((total, bits) => total + bits, 0)
  expect(flatMap).toHaveLength(TINY_SIZE ** 2)
  expect(sum / outcome.flatBits).toBeCloseTo(1, 4)
  expect(Math.max(...flatMap) - Math.min(...flatMap)).toBeGreaterThan(0.01)
  expect(events[0]).toMatchObject({ flatMap })
})
