import * as tf from '@tensorflow/tfjs-core'
import { roundToLevels, smoothed } from '../tensor'

/** σ in pixels that separates the finest scale from the next; doubled from scale to scale. */
const FINEST_SIGMA = 0.7
/** Side in pixels of the squares that have a share of their own; the coarsest scales have larger ones. */
const SMALLEST_SQUARE = 8

/** One scale of a film's detail: what a blur of `to` takes away that one of `from` leaves. */
interface DetailScale {
  /** σ in pixels; null: nothing is blurred away, or everything but the mean. */
  readonly from: number | null
  readonly to: number | null
  /** Shares along a side of the picture. */
  readonly side: number
}

/**
 * From the finest scale to the coarsest, whose blur is an eleventh of the picture.
 *
 * @param size a power of two
 * @throws RangeError for any other
 */
export function detailScales(size: number): DetailScale[] {
  if (size < SMALLEST_SQUARE || !Number.isInteger(Math.log2(size)))
    throw new RangeError(
      `A picture of ${size} pixels cannot be split into scales: its side has to be a power of two, 8 at least`,
    )
  const sigmas = Array.from({ length: Math.log2(size) - 2 }, (_, i) => FINEST_SIGMA * 2 ** i)
  const bounds = [null, ...sigmas, null]
  return bounds.slice(1).map((to, i) => {
    const square = Math.max(SMALLEST_SQUARE, 2 ** i)
    return { from: bounds[i] ?? null, to, side: Math.max(1, size / square) }
  })
}

/** Number of shares S of a picture of this size. */
export function countShares(size: number): number {
  return detailScales(size).reduce((sum, { side }) => sum + side * side, 0)
}

/** A film as its mean and what each scale adds to it: film = mean + Σ bands. */
export interface FilmDetail {
  /** [scales, size, size] */
  readonly bands: tf.Tensor3D
  readonly mean: tf.Scalar
}

/** @param film [1, size, size, 1] in [0, 1]; the tensors are the caller's */
export function filmDetail(film: tf.Tensor4D): FilmDetail {
  const size = film.shape[1]
  const [bands, mean] = tf.tidy(() => {
    const middle = tf.mean(film) as tf.Scalar
    const plane = (sigma: number | null) => tf.reshape(sigma === null ? film : smoothed(film, sigma), [size, size])
    const planes = detailScales(size).map(({ from }) => plane(from))
    return [tf.stack(planes.map((fine, i) => tf.sub(fine, planes[i + 1] ?? middle))) as tf.Tensor3D, middle]
  })
  return { bands, mean }
}

/**
 * The 8-bit picture [1, size, size, 1] that keeps a share of each scale's detail at each place:
 *
 *     x̃ = round(mean + Σ_k U_k(s_k) ⊙ band_k),   0 ≤ s ≤ 1
 *
 * U_k enlarges the grid of shares bilinearly. All ones give the film, all zeros the flat picture. Differentiable in the shares,
 * straight through the rounding.
 *
 * @param shares [S], scale after scale, each row by row
 */
export function pictureOfShares(film: FilmDetail, shares: tf.Tensor1D): tf.Tensor4D {
  return tf.tidy(() => roundToLevels(unrounded(film, shares)))
}

/** Mean share, every scale counting alike; differentiable. */
export function meanShare(shares: tf.Tensor1D, size: number): tf.Scalar {
  return tf.tidy(() => tf.mean(tf.stack(byScale(shares, size).map((grid) => tf.mean(grid)))))
}

/**
 * What share of the film's detail is left of each scale at each pixel, U_k(s_k): [scales, size, size], 0 … 1. Its mean over a
 * scale's pixels is the mean of that scale's shares.
 */
export function sharesByPixel(shares: tf.Tensor1D, size: number): tf.Tensor3D {
  return tf.tidy(() => tf.stack(byScale(shares, size).map((grid) => enlarged(grid, size))) as tf.Tensor3D)
}

/** Weights [S] of one value for each scale, the finest first; what is not given is 1. */
export function evenShares(size: number, values: readonly number[]): tf.Tensor1D {
  return tf.tidy(() => tf.concat1d(detailScales(size).map(({ side }, i) => tf.fill([side * side], values[i] ?? 1))))
}

/** Below this sum of squares a scale has nothing to weigh at a place. */
const NOTHING = 1e-6
/** Steps and length of a step towards the nearest picture; scales overlap, so that a whole step would overshoot. */
const NEARING = { steps: 40, length: 0.5 }

/**
 * Shares [S] whose picture is about the nearest to a given one, by least squares in the neighbourhood of each share: what
 * remains between the two is shared out among the scales, again and again.
 */
export function sharesOfPicture(film: FilmDetail, picture: tf.Tensor4D): tf.Tensor1D {
  const size = film.bands.shape[1]
  const scales = detailScales(size)
  return tf.tidy(() => {
    const bands = tf.unstack(film.bands)
    const around = (plane: tf.Tensor, scale: number) => gathered(plane as tf.Tensor2D, scales[scale]?.side ?? 1)
    const energies = bands.map((band, scale) => tf.add(around(tf.square(band), scale), NOTHING))
    let shares = evenShares(size, [])
    for (let step = 0; step < NEARING.steps; step++)
      shares = tf.tidy(() => {
        const rest = tf.reshape(tf.sub(picture, unrounded(film, shares)), [size, size])
        const found = bands.map((band, scale) => {
          const more = tf.div(around(tf.mul(rest, band), scale), energies[scale] ?? 1)
          return tf.reshape(more, [-1]) as tf.Tensor1D
        })
        const moved = tf.add(shares, tf.mul(tf.concat1d(found), NEARING.length))
        return tf.clipByValue(moved, 0, 1) as tf.Tensor1D
      })
    return shares
  })
}

function unrounded({ bands, mean }: FilmDetail, shares: tf.Tensor1D): tf.Tensor4D {
  const size = bands.shape[1]
  const kept = sharesByPixel(shares, size)
  return tf.reshape(tf.add(tf.sum(tf.mul(kept, bands), 0), mean), [1, size, size, 1])
}

function byScale(shares: tf.Tensor1D, size: number): tf.Tensor2D[] {
  const sides = detailScales(size).map(({ side }) => side)
  const pieces = tf.split(
    shares,
    sides.map((side) => side * side),
  )
  return pieces.map((piece, i) => tf.reshape(piece, [sides[i] ?? 1, sides[i] ?? 1]) as tf.Tensor2D)
}

/** U g Uᵀ. */
function enlarged(grid: tf.Tensor2D, size: number): tf.Tensor2D {
  const rows = enlargement(size, grid.shape[0])
  return tf.matMul(tf.matMul(rows, grid), rows, false, true)
}

/** Uᵀ p U: each pixel counted for the shares that it is enlarged from. */
function gathered(plane: tf.Tensor2D, side: number): tf.Tensor2D {
  const rows = enlargement(plane.shape[0], side)
  return tf.matMul(tf.matMul(rows, plane, true), rows)
}

/** Bilinear enlargement along one axis [size, side], squares' middles to their middles, the ends repeated. */
function enlargement(size: number, side: number): tf.Tensor2D {
  const matrix = new Float32Array(size * side)
  for (let pixel = 0; pixel < size; pixel++) {
    const place = Math.min(side - 1, Math.max(0, ((pixel + 0.5) * side) / size - 0.5))
    const before = Math.floor(place)
    const share = place - before
    matrix[pixel * side + before] = 1 - share
    if (share > 0) matrix[pixel * side + before + 1] = share
  }
  return tf.tensor2d(matrix, [size, side])
}
