import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditEvent, auditOutcome } from '../../../contract'
import { auditPicture } from '../../../main/engine/audit'
import type { AuditEvent, AuditRequest, PictureAudit } from '../../../main/engine/audit/request'
import { bits } from '../../../main/engine/flow'
import { TINY_SETTINGS, TINY_SIZE, tinyAudit } from '../../support/tinyAudit'

const DIMENSIONS = TINY_SIZE ** 2

describe('audit of one picture', () => {
  let tiny: ReturnType<typeof tinyAudit>
  let request: AuditRequest
  let audit: PictureAudit
  const events: AuditEvent[] = []
  /** Of the JPEG files that it wrote. */
  const qualities: number[] = []

  beforeAll(async () => {
    tiny = tinyAudit()
    request = {
      filmLevels: tiny.picture,
      preset: 'quick',
      objective: 'activation',
      seed: 3,
      repeat: false,
      settings: TINY_SETTINGS,
    }
    const jpeg: typeof tiny.dependencies.jpeg = (levels, quality) => {
      qualities.push(quality)
      return tiny.dependencies.jpeg(levels, quality)
    }
    audit = await auditPicture({ ...tiny.dependencies, jpeg }, request, { onEvent: (event) => events.push(event) })
  })
  afterAll(() => tiny.dispose())

  it('keeps to the contract', () => {
    expect(auditOutcome.parse(audit.outcome)).toEqual(audit.outcome)
    for (const event of events) expect(auditEvent.safeParse(event).error).toBeUndefined()
    expect(events[0]?.kind).toBe('started')
    expect(events.filter((event) => event.kind === 'point')).toHaveLength(audit.outcome.path.length)
    expect(audit.pictures).toHaveLength(audit.outcome.path.length * DIMENSIONS)
    expect(audit.maps).toHaveLength(audit.pictures.length)
  })

  it('calls no stop usable that has more than half of the film’s bits', () => {
    const points = events.filter((event) => event.kind === 'point')
    expect(points.every(({ point }) => point.bits > audit.outcome.original.bits / 2)).toBe(true)
    expect(points.map(({ usable }) => usable)).toEqual(points.map(() => false))
    expect(audit.outcome.firstUsableSeconds).toBeNull()
  })

  it('finds a simpler picture with the same decision', () => {
    const { outcome } = audit
    expect(outcome.decisionKept).toBe(true)
    expect(outcome.simplified.bits).toBeLessThan(outcome.original.bits)
    expect(outcome.original.aboveFlat).toBeCloseTo(1, 6)
    expect(outcome.certificate.draws).toEqual({ kept: 8, of: 8 })
  })

  it('scores the 8-bit picture itself, map and bits from the same noises', () => {
    const sum = (map: Float32Array) => map.reduce((total, value) => total + value, 0)
    expect(sum(audit.simplifiedMap) / audit.outcome.simplified.bits).toBeCloseTo(1, 4)
    expect(sum(audit.originalMap) / audit.outcome.original.bits).toBeCloseTo(1, 4)
    const { frame } = audit.outcome.simplified
    expect([...audit.simplifiedPicture]).toEqual([
      ...audit.pictures.slice(frame * DIMENSIONS, (frame + 1) * DIMENSIONS),
    ])
    const again = tf.tidy(() => {
      const x = tf.div(tf.tensor4d(Float32Array.from(audit.simplifiedPicture), [1, TINY_SIZE, TINY_SIZE, 1]), 255)
      return bits(
        tiny.dependencies.flow,
        x as tf.Tensor4D,
        tf.fill([1, TINY_SIZE, TINY_SIZE, 1], 1 / 512),
      ).dataSync()[0]
    })
    expect((again ?? NaN) / audit.outcome.simplified.bits).toBeCloseTo(1, 1)
  })

  it('puts all three rivals beside it, at about its bits where they can', () => {
    expect(audit.outcome.rivals.map((rival) => rival.kind)).toEqual(['blur', 'jpeg', 'even'])
    for (const rival of audit.outcome.rivals.filter(({ kind }) => kind !== 'jpeg'))
      expect(rival.figures.bits / audit.outcome.simplified.bits, rival.kind).toBeCloseTo(1, 1)
    // each quality is tried once, and the one shown written once more
    expect(qualities).toHaveLength(new Set(qualities).size + 1)
    const even = audit.outcome.rivals[2]?.setting ?? NaN
    expect(even).toBeGreaterThan(0)
    expect(even).toBeLessThan(1)
  })

  it('measures both distances in the certificate, layer by layer', () => {
    const { certificate } = audit.outcome
    expect(certificate.layers.map((layer) => layer.name)).toEqual(['conv1', 'conv2', 'fc'])
    for (const layer of certificate.layers) expect(layer.gradientDistance).not.toBeNull()
    // the whole distance is that of the layers, each by its share of the parameters
    const parameters = tiny.dependencies.network.layers.map((layer) => layer.parameters)
    const weighted = certificate.layers.map((layer, i) => layer.activationDistance * (parameters[i] ?? NaN))
    const mean = tf.util.sum(weighted) / tf.util.sum(parameters)
    expect(mean).toBeGreaterThan(0)
    expect(certificate.activationDistance.mean / mean).toBeCloseTo(1, 5)
    expect(certificate.logitDifference.max).toBeGreaterThanOrEqual(certificate.logitDifference.mean)
  })

  it('is the same again from the same seed, and leaves no tensors', async () => {
    const before = tf.memory().numTensors
    const again = await auditPicture(tiny.dependencies, request)
    expect(tf.memory().numTensors).toBe(before)
    again.outcome.path.forEach((point, i) => {
      expect(Math.abs(point.bpd - (audit.outcome.path[i]?.bpd ?? NaN))).toBeLessThan(1e-3)
    })
    expect(again.outcome.simplified.frame).toBe(audit.outcome.simplified.frame)
  })

  it('runs with the gradient match too', async () => {
    const before = tf.memory().numTensors
    const other = await auditPicture(tiny.dependencies, { ...request, objective: 'gradient' })
    expect(tf.memory().numTensors).toBe(before)
    expect(other.outcome.objective).toBe('gradient')
    expect(other.outcome.simplified.bits).toBeLessThan(other.outcome.original.bits)
  })

  it('repeats from two further seeds on request', async () => {
    const { outcome } = await auditPicture(tiny.dependencies, { ...request, repeat: true })
    const { repeatability } = outcome.certificate
    expect(repeatability?.seeds).toEqual([4, 5])
    expect(repeatability?.decisionsKept).toBe(2)
    expect(repeatability?.bits.min).toBeLessThanOrEqual(outcome.simplified.bits)
    // other seeds, other pictures: each search begins at shares of its own
    expect(repeatability?.pixelCorrelation).toBeLessThan(1 - 1e-5)
    expect(repeatability?.bits.sd).toBeGreaterThan(1e-3)
  })

  it('keeps what is there when cancelled', async () => {
    const signal = { aborted: false }
    let points = 0
    const before = tf.memory().numTensors
    const cut = await auditPicture(tiny.dependencies, request, {
      signal,
      onEvent: (event) => {
        if (event.kind === 'point' && ++points === 2) signal.aborted = true
      },
    })
    expect(tf.memory().numTensors).toBe(before)
    expect(cut.outcome.stopped).toBe('cancelled')
    expect(cut.outcome.path).toHaveLength(2)
    expect(cut.outcome.path[1]?.bpd).toBeCloseTo(audit.outcome.path[1]?.bpd ?? NaN, 3)
    expect(cut.outcome.rivals).toEqual([])
    expect(cut.outcome.certificate.gradientDistance).toBeNull()
    expect(cut.outcome.warnings.join(' ')).toContain('stopped early')
  })

  it('says in plain words when no picture keeps the decision', async () => {
    const { network } = tiny.dependencies
    const film = audit.outcome.original.logit
    const pixels = tf.div(tf.tensor4d(Float32Array.from(tiny.picture), [1, TINY_SIZE, TINY_SIZE, 1]), 255)
    // A network that answers "yes" to this very film only, whatever its own weights say.
    const stubborn = {
      ...network,
      run: (x: tf.Tensor4D, options?: Parameters<typeof network.run>[1]) => {
        const { logits, inputs } = network.run(x, options)
        const same = tf.less(tf.sum(tf.abs(tf.sub(x, pixels)), [1, 2, 3]), 0.1)
        const away = tf.mul(tf.sub(1, tf.cast(tf.expandDims(same, 1), 'float32')), -20 * Math.sign(film))
        return {
          logits: tf.customGrad((l) => ({ value: tf.add(l as tf.Tensor, away), gradFunc: (dy) => dy }))(
            logits,
          ) as tf.Tensor2D,
          inputs,
        }
      },
    }
    const { outcome } = await auditPicture({ ...tiny.dependencies, network: stubborn }, { ...request, seed: 1 })
    expect(outcome.decisionKept).toBe(false)
    expect(outcome.warnings.join(' ')).toContain('NOT a counterpart')
    expect(outcome.path.every((point) => !point.decisionKept)).toBe(true)
    pixels.dispose()
  })
})
