import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditPicture, detailLeft } from '../../../main/engine/audit'
import { countShares, detailScales, evenShares, meanShare } from '../../../main/engine/audit/detail'
import type { AuditEvent, AuditRequest, PictureAudit } from '../../../main/engine/audit/request'
import { keptPixels } from '../../../main/engine/audit/restriction'
import { seededRng } from '../../../main/engine/rng'
import { TINY_SETTINGS, TINY_SIZE, tinyAudit } from '../../support/tinyAudit'

const SIZE = 128
const whole = { size: SIZE, kept: null }
const even = (values: readonly number[]) => tf.tidy(() => Float32Array.from(evenShares(SIZE, values).dataSync()))
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length

describe('the detail left of a film', () => {
  it('is all of it on the film and nothing on the flat picture', () => {
    const film = detailLeft(whole, even([]))
    expect(film.scales).toEqual([1, 1, 1, 1, 1, 1])
    expect(new Set(film.map)).toEqual(new Set([255]))
    expect(new Set(detailLeft(whole, new Float32Array(countShares(SIZE))).map)).toEqual(new Set([0]))
  })

  it('is told scale by scale, the finest first, and on the map as their mean', () => {
    const { scales, map } = detailLeft(whole, even([0, 0.1, 0.2, 0.3, 0.4, 0.9]))
    scales.forEach((share, i) => expect(share).toBeCloseTo([0, 0.1, 0.2, 0.3, 0.4, 0.9][i] ?? NaN, 5))
    expect(new Set(map)).toEqual(new Set([Math.round((255 * 1.9) / 6)]))
  })

  it('has the mean that the search presses on, whatever the shares', () => {
    const shares = Float32Array.from(seededRng(5).uniformArray(countShares(SIZE)))
    const pressed = tf.tidy(() => meanShare(tf.tensor1d(shares), SIZE).dataSync()[0])
    const { scales, map } = detailLeft(whole, shares)
    expect(mean(scales)).toBeCloseTo(pressed ?? NaN, 5)
    expect(mean(map) / 255).toBeCloseTo(pressed ?? NaN, 3)
  })

  it('lies where the share does', () => {
    const shares = new Float32Array(countShares(SIZE))
    const side = detailScales(SIZE)[0]?.side ?? 0
    shares[3 * side + 5] = 1
    const { scales, map } = detailLeft(whole, shares)
    // the middle of the fourth row’s sixth square of 8 pixels
    const highest = map.indexOf(Math.max(...map))
    expect([Math.floor(highest / SIZE / 8), Math.floor((highest % SIZE) / 8)]).toEqual([3, 5])
    expect(scales[0]).toBeCloseTo(1 / side ** 2, 6)
    expect(scales.slice(1)).toEqual([0, 0, 0, 0, 0])
  })

  it('is all of it where the film must stay', () => {
    const mask = Uint8Array.from({ length: SIZE * SIZE }, (_, i) => (i < (SIZE * SIZE) / 4 ? 1 : 0))
    const kept = keptPixels(mask, SIZE)
    const { scales, map } = detailLeft({ size: SIZE, kept }, new Float32Array(countShares(SIZE)))
    kept.dispose()
    expect(Array.from(map)).toEqual(Array.from(mask, (stays) => 255 * stays))
    expect(scales).toEqual([0.25, 0.25, 0.25, 0.25, 0.25, 0.25])
  })
})

describe('an audit', () => {
  let tiny: ReturnType<typeof tinyAudit>
  let audit: PictureAudit
  const events: AuditEvent[] = []
  beforeAll(async () => {
    tiny = tinyAudit()
    const path = { ...TINY_SETTINGS.path, steps: 3, scoreEvery: 1, startNoise: 0, startShares: [0.2, 0.6] }
    const request: AuditRequest = {
      ...{ filmLevels: tiny.picture, preset: 'quick', objective: 'activation', seed: 3, repeat: false },
      settings: { ...TINY_SETTINGS, path },
    }
    audit = await auditPicture(tiny.dependencies, request, { onEvent: (event) => events.push(event) })
  })
  afterAll(() => tiny.dispose())

  it('tells at each stop what detail is left, first what the search starts with', () => {
    const { path, detailSigmas } = audit.outcome
    const scales = detailScales(TINY_SIZE).length
    expect(detailSigmas).toEqual([0.7, 1.4, 2.8, 5.6, 11.2].slice(0, scales - 1))
    path[0]?.detail.forEach((share, i) => expect(share).toBeCloseTo([0.2, 0.6][i] ?? 1, 5))
    for (const { detail } of path) expect(detail).toHaveLength(scales)
    expect(path.at(-1)?.detail).not.toEqual(path[0]?.detail)
  })

  it('keeps the maps of its stops, as it tells them on the way', () => {
    const told = events.flatMap((event) => (event.kind === 'point' ? [event] : []))
    expect(told).toHaveLength(audit.outcome.path.length)
    expect(audit.details).toHaveLength(told.length * TINY_SIZE ** 2)
    told.forEach(({ detail, point }, i) => {
      expect(audit.details.slice(i * TINY_SIZE ** 2, (i + 1) * TINY_SIZE ** 2)).toEqual(detail)
      expect(mean(detail) / 255).toBeCloseTo(mean(point.detail), 2)
    })
  })
})
