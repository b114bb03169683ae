import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterEach, describe, expect, it } from 'vitest'
import { countShares, filmDetail, sharesOfPicture, type FilmDetail } from '../../../main/engine/audit/detail'
import { seededRng } from '../../../main/engine/rng'

/** Of 8 × 8 pixels there are two scales with one share each: the nearest picture is a plane's nearest point, in closed form. */
const SIZE = 8
let open: tf.Tensor[] = []
afterEach(() => {
  tf.dispose(open)
  open = []
})

function detailOf(values: Float32Array): FilmDetail {
  const film = tf.tensor4d(values, [1, SIZE, SIZE, 1])
  const detail = filmDetail(film)
  open.push(film, detail.bands, detail.mean)
  return detail
}

/** A ramp with grain, its contrast `height` of the whole range; the less grain, the more alike its two scales. */
function grained(height: number, grain = 0.8): Float32Array {
  const grains = seededRng(11).uniformArray(SIZE ** 2)
  return grains.map((value, i) => 0.5 + height * (((i % SIZE) / SIZE - 0.5) * 0.6 + (value - 0.5) * grain))
}

/** mean + fine · its finer scale + coarse · its coarser one, not rounded. */
function mixed({ bands, mean }: FilmDetail, [fine, coarse]: readonly [number, number]): tf.Tensor4D {
  const picture = tf.tidy(() => {
    const weights = tf.tensor3d([fine, coarse], [2, 1, 1])
    return tf.reshape(tf.add(tf.sum(tf.mul(bands, weights), 0), mean), [1, SIZE, SIZE, 1]) as tf.Tensor4D
  })
  open.push(picture)
  return picture
}

function found(detail: FilmDetail, picture: tf.Tensor4D): number[] {
  return tf.tidy(() => [...sharesOfPicture(detail, picture).dataSync<'float32'>()])
}

describe('the shares nearest to a picture', () => {
  it.each([0.8, 0.02])('are those that it was made of, to a hundredth (grain %f)', (grain) => {
    const detail = detailOf(grained(0.8, grain))
    for (const shares of [[0.3, 0.6] as const, [0.9, 0.1] as const, [0.05, 0.95] as const]) {
      const [fine = NaN, coarse = NaN] = found(detail, mixed(detail, shares))
      expect(Math.abs(fine - shares[0])).toBeLessThan(0.01)
      expect(Math.abs(coarse - shares[1])).toBeLessThan(0.01)
    }
  })

  it('are found in a film whose whole contrast is a few grey levels', () => {
    const detail = detailOf(grained(4 / 255))
    const [fine = NaN, coarse = NaN] = found(detail, mixed(detail, [0.2, 0.7]))
    expect(fine).toBeCloseTo(0.2, 1)
    expect(coarse).toBeCloseTo(0.7, 1)
  })

  it('stay between nothing and all: what lies beyond is met as nearly as they can', () => {
    const detail = detailOf(grained(0.8))
    const [energy = NaN, shared = NaN] = tf.tidy(() => {
      const [fine, coarse] = tf.unstack(detail.bands) as [tf.Tensor, tf.Tensor]
      return [tf.sum(tf.square(coarse)), tf.sum(tf.mul(fine, coarse))].map((one) => one.dataSync()[0] ?? NaN)
    })
    // with the fine share held at its bound, the coarse one takes over what of the rest lies along it
    const over = found(detail, mixed(detail, [1.6, 0.4]))
    expect(over[0]).toBe(1)
    expect(over[1]).toBeCloseTo(0.4 + (0.6 * shared) / energy, 2)
    const under = found(detail, mixed(detail, [-0.6, 0.6]))
    expect(under[0]).toBe(0)
    expect(under[1]).toBeCloseTo(0.6 - (0.6 * shared) / energy, 2)
  })

  it('are all where the film is flat, for nothing is missing there', () => {
    const detail = detailOf(new Float32Array(SIZE ** 2).fill(0.25))
    expect(found(detail, mixed(detail, [1, 1]))).toEqual([1, 1])
  })

  it('are found at their own place, row by row', () => {
    const size = 16
    const grain = seededRng(3).uniformArray(size ** 2)
    const film = tf.tensor4d(grain, [1, size, size, 1])
    const detail = filmDetail(film)
    const wanted = new Float32Array(countShares(size)).fill(1)
    // the finest scale of the square top right, on a grid of two by two
    wanted[1] = 0
    const shares = tf.tidy(() => {
      const fine = tf.unstack(detail.bands)[0] as tf.Tensor
      const place = tf.mul(tf.reshape(tf.range(0, size), [1, size]), tf.ones([size, 1]))
      const right = tf.clipByValue(tf.div(tf.sub(place, 3.5), 8), 0, 1)
      const up = tf.sub(1, tf.transpose(right))
      const without = tf.sub(tf.reshape(film, [size, size]), tf.mul(fine, tf.mul(right, up)))
      return [...sharesOfPicture(detail, tf.reshape(without, [1, size, size, 1])).dataSync<'float32'>()]
    })
    tf.dispose([film, detail.bands, detail.mean])
    shares.forEach((share, i) => expect(Math.abs(share - (wanted[i] ?? NaN)), `share ${i}`).toBeLessThan(0.1))
  })
})
