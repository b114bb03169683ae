import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditPicture } from '../../../main/engine/audit'
import type { AuditEvent, AuditRequest, PictureAudit } from '../../../main/engine/audit/request'
import { keptPixels, withKept } from '../../../main/engine/audit/restriction'
import { TINY_SETTINGS, TINY_SIZE, tinyAudit } from '../../support/tinyAudit'

const DIMENSIONS = TINY_SIZE ** 2
const UPPER_HALF = Uint8Array.from({ length: DIMENSIONS }, (_, i) => (i < DIMENSIONS / 2 ? 1 : 0))

describe('an audit restricted to a part of the picture', () => {
  let tiny: ReturnType<typeof tinyAudit>
  let audit: PictureAudit
  const events: AuditEvent[] = []

  beforeAll(async () => {
    tiny = tinyAudit()
    const request: AuditRequest = {
      filmLevels: tiny.picture,
      preset: 'quick',
      objective: 'activation',
      seed: 3,
      repeat: false,
      settings: TINY_SETTINGS,
      keep: UPPER_HALF,
    }
    const before = tf.memory().numTensors
    audit = await auditPicture(tiny.dependencies, request, { onEvent: (event) => events.push(event) })
    expect(tf.memory().numTensors).toBe(before)
  })
  afterAll(() => tiny.dispose())

  it('leaves the kept pixels identical at every stop, and changes others', () => {
    for (let stop = 0; stop < audit.outcome.path.length; stop++) {
      const picture = audit.pictures.subarray(stop * DIMENSIONS, (stop + 1) * DIMENSIONS)
      expect([...picture.subarray(0, DIMENSIONS / 2)]).toEqual([...tiny.picture.subarray(0, DIMENSIONS / 2)])
      expect([...picture.subarray(DIMENSIONS / 2)]).not.toEqual([...tiny.picture.subarray(DIMENSIONS / 2)])
    }
  })

  it('still finds fewer bits, and says how many pixels were kept', () => {
    expect(audit.outcome.simplified.bits).toBeLessThan(audit.outcome.original.bits)
    expect(audit.outcome.settings['keptPixels']).toBe(DIMENSIONS / 2)
  })

  it('never waits with its pictures, for no estimate is made of a part', () => {
    const points = events.filter((event) => event.kind === 'point')
    expect(points.map(({ usable }) => usable)).toEqual(points.map(() => true))
  })

  it('passes no gradient to kept pixels and the whole gradient to the others', () => {
    const gradient = tf.tidy(() => {
      const film = tf.zeros([1, 2, 2, 1]) as tf.Tensor4D
      const kept = keptPixels(Uint8Array.from([1, 0, 0, 1]), 2)
      const of = (picture: tf.Tensor) => tf.sum(withKept({ film, kept }, picture as tf.Tensor4D)) as tf.Scalar
      return [
        ...tf
          .grad(of)(tf.ones([1, 2, 2, 1]))
          .dataSync(),
      ]
    })
    expect(gradient).toEqual([0, 1, 1, 0])
  })

  it('refuses a mask of another size', () => {
    expect(() => keptPixels(new Uint8Array(3), 2)).toThrow(/3 pixels/)
  })
})
