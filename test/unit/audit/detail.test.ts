import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  countShares,
  detailScales,
  evenShares,
  filmDetail,
  meanShare,
  pictureOfShares,
  sharesOfPicture,
  type FilmDetail,
} from '../../../main/engine/audit/detail'
import { seededRng } from '../../../main/engine/rng'

const SIZE = 32
const LEVELS = Uint8Array.from(seededRng(4).uniformArray(SIZE * SIZE), (grain, i) =>
  Math.round(90 + 60 * Math.sin(i / 150) + 40 * Math.cos((i % SIZE) / 4) + 20 * grain),
)

describe('the detail of a film', () => {
  let film: tf.Tensor4D
  let detail: FilmDetail
  beforeAll(() => {
    film = tf.div(tf.tensor4d(Float32Array.from(LEVELS), [1, SIZE, SIZE, 1]), 255)
    detail = filmDetail(film)
  })
  afterAll(() => tf.dispose([film, detail.bands, detail.mean]))

  const levelsOf = (picture: tf.Tensor) => Uint8Array.from(picture.dataSync(), (value) => Math.round(value * 255))
  const pictureOf = (shares: tf.Tensor1D) => tf.tidy(() => levelsOf(pictureOfShares(detail, shares)))

  it('has one scale more than blurs, ever coarser', () => {
    expect(detailScales(128).map(({ side }) => side)).toEqual([16, 16, 16, 16, 8, 4])
    expect(detailScales(128).map(({ to }) => to)).toEqual([0.7, 1.4, 2.8, 5.6, 11.2, null])
    expect(detailScales(128)[0]?.from).toBeNull()
    expect(countShares(128)).toBe(4 * 16 ** 2 + 8 ** 2 + 4 ** 2)
    expect(detailScales(8)).toHaveLength(2)
  })

  it('gives the film back whole, and the flat mean without any of it', () => {
    expect(pictureOf(evenShares(SIZE, []))).toEqual(LEVELS)
    const flat = pictureOf(tf.zeros([countShares(SIZE)]))
    const mean = LEVELS.reduce((sum, level) => sum + level, 0) / LEVELS.length
    expect(new Set(flat)).toEqual(new Set([Math.round(mean)]))
  })

  it('weighs one scale at one place and leaves the rest of the picture as it is', () => {
    const shares = new Float32Array(countShares(SIZE)).fill(1)
    shares[0] = 0
    const picture = pictureOf(tf.tensor1d(shares))
    const changed = [...picture.keys()].filter((i) => picture[i] !== LEVELS[i])
    expect(changed.length).toBeGreaterThan(10)
    for (const i of changed) {
      expect(i % SIZE).toBeLessThan(12)
      expect(Math.floor(i / SIZE)).toBeLessThan(12)
    }
  })

  it('finds the shares of a picture that was made of some', () => {
    const values = [0.2, 0.5, 0.8, 1]
    const found = tf.tidy(() => {
      const shares = evenShares(SIZE, values)
      const again = sharesOfPicture(detail, pictureOfShares(detail, shares))
      return levelsOf(pictureOfShares(detail, again))
    })
    const made = pictureOf(evenShares(SIZE, values))
    const apart = (a: Uint8Array, b: Uint8Array) => a.reduce((sum, level, i) => sum + Math.abs(level - (b[i] ?? 0)), 0)
    expect(apart(found, made)).toBeLessThan(0.2 * apart(LEVELS, made))
    const whole = tf.tidy(() => sharesOfPicture(detail, film).dataSync())
    for (const share of whole) expect(share).toBeCloseTo(1, 2)
  })

  it('counts every scale alike in the mean share', () => {
    expect(tf.tidy(() => meanShare(evenShares(SIZE, [0, 1, 0, 1]), SIZE).dataSync()[0])).toBeCloseTo(0.5, 6)
  })

  it('differentiates as finite differences do, rounding left aside', () => {
    tf.tidy(() => {
      const target = tf.reshape(tf.slice3d(detail.bands, [0, 0, 0], [1, SIZE, SIZE]), [1, SIZE, SIZE, 1])
      const task = (shares: tf.Tensor) => tf.sum(tf.mul(pictureOfShares(detail, shares as tf.Tensor1D), target))
      const shares = tf.fill([countShares(SIZE)], 0.5) as tf.Tensor1D
      const gradient = tf.grad(task)(shares).dataSync<'float32'>()
      // a whole scale at once, so that rounding to levels averages out
      const [first, last] = [0, (detailScales(SIZE)[0]?.side ?? 0) ** 2]
      const step = 0.2
      const moved = (by: number) =>
        task(tf.tensor1d(shares.dataSync().map((w, i) => (i >= first && i < last ? w + by : w)))).dataSync()[0] ?? NaN
      const slope = (moved(step) - moved(-step)) / (2 * step)
      const sum = gradient.slice(first, last).reduce((total, value) => total + value, 0)
      expect(Math.abs(sum / slope - 1)).toBeLessThan(0.05)
    })
  })
})
