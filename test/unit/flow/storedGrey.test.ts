import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { windowToLevels } from '../../../main/domain/modelInput'
import { storedGreyBits, stretchOf, throughOpenWindow, type GreyWindow } from '../../../main/domain/storedGrey'
import { bits, flowForward, prepareFlow, type FlowConfig } from '../../../main/engine/flow'
import { seededRng } from '../../../main/engine/rng'
import { logAbsDeterminant } from '../../support/linearAlgebra'
import { randomFlowParams } from '../../support/randomFlow'

const SIDE = 128
const BOX = { x: 0, y: 0, width: SIDE, height: SIDE }

/** Soft tissue from `dark` to `bright`, with a black rim and a white marker that the window cuts off. */
function film(dark: number, bright: number): Float32Array {
  const rng = seededRng(3)
  return Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)]
    if (x < 6) return 0
    if (y < 5 && x > 100) return 255
    return dark + (bright - dark) * (0.5 + 0.5 * Math.sin(x / 17 + y / 29)) + rng.uniform()
  })
}

/** Share of a density over stored grey below v: level k has mass[k], spread evenly over the greys that become it. */
function below(v: number, mass: Float64Array, { low, high }: GreyWindow): number {
  const edge = (k: number) => low + ((k - 0.5) * (high - low)) / 255
  return mass.reduce((sum, m, k) => {
    const from = k === 0 ? Math.min(-0.5, edge(0)) : edge(k)
    const to = k === 255 ? Math.max(255.5, edge(256)) : edge(k + 1)
    return sum + m * Math.min(1, Math.max(0, (v - from) / (to - from)))
  }, 0)
}

describe('bits in stored grey levels', () => {
  it.each([
    { dark: 90, bright: 150, what: 'stretches' },
    { dark: 60, bright: 230, what: 'compresses' },
  ])('are those of the density of stored grey, where the window $what', ({ dark, bright, what }) => {
    const stored = film(dark, bright)
    const { low, high, pixels } = windowToLevels(stored, BOX)
    expect(stretchOf({ low, high }) > 1).toBe(what === 'stretches')
    const weights = Float64Array.from({ length: 256 }, (_, k) => 1 + ((k * 37) % 101))
    const mass = weights.map((weight) => weight / weights.reduce((a, b) => a + b, 0))
    const stretch = stretchOf({ low, high })
    const step = 1e-3
    const densityAt = (v: number) =>
      (below(v + step / 2, mass, { low, high }) - below(v - step / 2, mass, { low, high })) / step
    let difference = 0
    pixels.forEach((level, i) => {
      // a little inside where the grey lies at the very end of those of its level
      const place = ((stored[i] ?? 0) - low) * stretch - level
      const inside = low + (level + Math.min(0.49, Math.max(-0.49, place))) / stretch
      const v = level === 0 || level === 255 ? (stored[i] ?? 0) : inside
      difference += Math.log2(densityAt(v)) - Math.log2(mass[level] ?? NaN)
    })
    const { added, cutOff } = storedGreyBits(pixels, { low, high })
    expect(below(1e6, mass, { low, high })).toBeCloseTo(1, 10)
    expect(cutOff).toBe(pixels.filter((level) => level === 0 || level === 255).length)
    expect(cutOff).toBeGreaterThan(SIDE)
    expect((added + difference) / pixels.length).toBeCloseTo(0, 6)
  })

  it('charge one grey at least where a pixel lies at the end of the window', () => {
    expect(storedGreyBits(Uint8Array.of(0, 255), { low: 0.1, high: 127.6 }).added).toBeCloseTo(Math.log2(128.15), 10)
    const wide = storedGreyBits(Uint8Array.of(0, 255, 7), { low: -20, high: 300 })
    expect(wide.added).toBeCloseTo(3 * Math.log2(320 / 255), 10)
    expect(wide.cutOff).toBe(2)
  })

  it('are those of the flow and the open window as one map, by its brute-force Jacobian', () => {
    const config: FlowConfig = { size: 4, channels: 1, levels: 2, steps: 2, hidden: 5, coupling: 'affine' }
    const window = { low: 35.5, high: 161.2 }
    const rng = seededRng(5)
    // also far outside of the window
    const stored = Uint8Array.from({ length: 16 }, (_, i) => (i === 3 ? 0 : i === 9 ? 255 : 40 + rng.integer(120)))
    const noise = rng.uniformArray(16)
    tf.tidy(() => {
      const flow = prepareFlow(config, randomFlowParams(config, 1))
      const v = tf.tensor4d(
        Float32Array.from(stored, (grey, i) => grey - 0.5 + (noise[i] ?? 0)),
        [1, 4, 4, 1],
      )
      const latent = (grey: tf.Tensor) => {
        const level = tf.add(tf.mul(tf.sub(grey, window.low), 255 / (window.high - window.low)), 0.5)
        const g = tf.sub(tf.div(level, 256), 0.5) as tf.Tensor4D
        return tf.concat1d(flowForward(flow, g).latents.map((z) => tf.reshape(z, [-1])))
      }
      const rows = Array.from({ length: 16 }, (_, i) =>
        Array.from(
          tf
            .grad((grey: tf.Tensor) => tf.gather(latent(grey), i).asScalar())(v)
            .dataSync(),
        ),
      )
      const z = Array.from(latent(v).dataSync())
      const normal = z.reduce((sum, value) => sum - 0.5 * value * value, 0) - 8 * Math.log(2 * Math.PI)
      const expected = -(normal + logAbsDeterminant(rows.flat(), 16)) / Math.LN2
      const x = tf.tensor4d(throughOpenWindow(stored, noise, window), [1, 4, 4, 1])
      const found = (bits(flow, x, tf.zerosLike(x)).dataSync()[0] ?? NaN) - 16 * Math.log2(stretchOf(window))
      expect(found / expected).toBeCloseTo(1, 4)
    })
  })

  it('come from the middle of the level that the window gives a grey', () => {
    const stored = Uint8Array.from(film(90, 150), Math.round)
    const { low, high, pixels } = windowToLevels(Float32Array.from(stored), BOX)
    const open = throughOpenWindow(stored, new Float32Array(stored.length).fill(0.5), { low, high })
    const levels = Uint8Array.from(open, (x) => Math.min(255, Math.max(0, Math.floor(255 * x))))
    expect(levels).toEqual(pixels)
  })
})
