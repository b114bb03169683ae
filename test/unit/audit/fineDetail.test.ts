import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { auditPicture, fineDetailLeft } from '../../../main/engine/audit'
import { evenShares } from '../../../main/engine/audit/detail'
import { keptPixels } from '../../../main/engine/audit/restriction'
import { TINY_SETTINGS, tinyAudit } from '../../support/tinyAudit'

const SIZE = 128
const whole = { size: SIZE, kept: null }
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
const shares = (values: readonly number[]) => tf.tidy(() => Float32Array.from(evenShares(SIZE, values).dataSync()))

it('fine detail is that of the two finest scales, half each', () => {
  expect(mean(fineDetailLeft(whole, shares([1, 1, 0, 0, 0, 0])))).toBe(255)
  expect(mean(fineDetailLeft(whole, shares([0, 1, 0, 0, 0, 0])))).toBe(128)
  expect(mean(fineDetailLeft(whole, shares([0, 0, 1, 1, 1, 1])))).toBe(0)
})

it('all of it is left where the film must stay, and no tensor', () => {
  const mask = Uint8Array.from({ length: SIZE * SIZE }, (_, i) => (i < SIZE ? 1 : 0))
  const kept = keptPixels(mask, SIZE)
  const before = tf.memory().numTensors
  const fine = fineDetailLeft({ size: SIZE, kept }, shares([0, 0, 0, 0, 0, 0]))
  expect(tf.memory().numTensors).toBe(before)
  kept.dispose()
  expect(Array.from(fine)).toEqual(Array.from(mask, (stays) => 255 * stays))
})

let tiny: ReturnType<typeof tinyAudit>
beforeAll(() => (tiny = tinyAudit()))
afterAll(() => tiny.dispose())

it('an audit tells that of the picture which it chose', async () => {
  const path = { ...TINY_SETTINGS.path, steps: 3, scoreEvery: 1, startNoise: 0, startShares: [0.2, 0.6] }
  const { outcome, fineDetail } = await auditPicture(tiny.dependencies, {
    ...{ filmLevels: tiny.picture, preset: 'quick', objective: 'activation', seed: 3, repeat: false },
    settings: { ...TINY_SETTINGS, path },
  })
  const chosen = outcome.path.find(({ frame }) => frame === outcome.simplified.frame)
  expect(mean(fineDetail) / 255).toBeCloseTo(mean(chosen?.detail.slice(0, 2) ?? []), 2)
})
