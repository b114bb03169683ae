import * as tf from '@tensorflow/tfjs-core'
import { gaussianBlur, toPicture } from '../tensor'
import { holdsInAll } from './decision'
import { evenShares } from './detail'
import { figuresOf, type Yardstick } from './figures'
import { pictureKept } from './noisyReading'
import type { Rival } from './outcome'
import type { AuditProblem } from './problem'
import { withKept } from './restriction'
import { measureBits, scorePicture } from './score'
import { compiledPicture } from './searchPicture'

/** Writes a grey picture as JPEG and reads it back: levels row-major, quality 1 … 100. */
export type JpegRoundTrip = (levels: Uint8Array, quality: number) => Uint8Array

/** How many there are of each audit. */
export const RIVALS = 3

const SMALLEST_SIGMA = 0.25
const LARGEST_SIGMA = 40
const TRIALS = 8

interface RivalOptions {
  /** Bits of the counterpart: what the rivals should cost. */
  readonly bits: number
  readonly jpeg: JpegRoundTrip
  readonly film: Yardstick
}

/**
 * Cheap pictures of about the counterpart's bits: a blur, a JPEG and the film with all of its detail weakened
 * alike. Where no setting reaches the bits, the nearest one is shown with its real bits.
 */
export function* cheapRivals(problem: AuditProblem, options: RivalOptions): Generator<Rival> {
  const { film } = options
  const rival = (kind: Rival['kind'], setting: number | null, picture: tf.Tensor4D): Rival => {
    const draws = problem.noises.shape[0]
    const score = scorePicture(problem, picture, draws)
    const kept = pictureKept(problem, picture, { decision: film.filmDecision })
    picture.dispose()
    return {
      kind,
      setting,
      figures: figuresOf(score, draws, film),
      decisionKept: holdsInAll(kept),
      kl: score.kl,
      matchingDistance: score.distance,
    }
  }
  const sigma = blurOfBits(problem, options.bits)
  yield rival('blur', sigma, blurred(problem, sigma))
  const quality = jpegOfBits(problem, options)
  yield rival('jpeg', quality, jpegPicture(problem, options.jpeg, quality))
  const share = shareOfBits(problem, options.bits)
  yield rival('even', share, weakened(problem, share))
}

/** Bisects the logarithm of sigma: more blur, fewer bits. */
function blurOfBits(problem: AuditProblem, bits: number): number {
  const tooDear = (logarithm: number) => bitsOf(problem, blurred(problem, Math.exp(logarithm))) > bits
  return Math.exp(bisected([Math.log(SMALLEST_SIGMA), Math.log(LARGEST_SIGMA)], tooDear))
}

/** The middle of what is left of a range once it has been halved: the upper half where the middle lies too low. */
function bisected([from, to]: readonly [number, number], tooLow: (middle: number) => boolean): number {
  let [low, high] = [from, to]
  for (let trial = 0; trial < TRIALS; trial++) {
    const middle = (low + high) / 2
    if (tooLow(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Bisects the quality, then takes the nearer one of the last two. */
function jpegOfBits(problem: AuditProblem, options: RivalOptions): number {
  const known = new Map<number, number>()
  const cost = (quality: number) => {
    const bits = known.get(quality) ?? bitsOf(problem, jpegPicture(problem, options.jpeg, quality))
    known.set(quality, bits)
    return bits
  }
  let low = 1
  let high = 100
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (cost(middle) > options.bits) high = middle
    else low = middle
  }
  return Math.abs(cost(low) - options.bits) <= Math.abs(cost(high) - options.bits) ? low : high
}

function jpegPicture(problem: AuditProblem, jpeg: JpegRoundTrip, quality: number): tf.Tensor4D {
  return tf.tidy(() => withKept(problem, toPicture(jpeg(problem.filmLevels, quality), problem.size)))
}

/** Bisects the share: less detail, fewer bits. */
function shareOfBits(problem: AuditProblem, bits: number): number {
  return bisected([0, 1], (share) => bitsOf(problem, weakened(problem, share)) <= bits)
}

function weakened(problem: AuditProblem, share: number): tf.Tensor4D {
  return tf.tidy(() => compiledPicture(problem, tf.mul(evenShares(problem.size, []), share)))
}

/** A restricted audit's rivals keep what the counterpart must keep. */
function blurred(problem: AuditProblem, sigma: number): tf.Tensor4D {
  return tf.tidy(() => withKept(problem, gaussianBlur(problem.film, sigma)))
}

/** One noise draw is enough to search; the picture is disposed. */
function bitsOf(problem: AuditProblem, picture: tf.Tensor4D): number {
  const { bits } = measureBits(problem, picture, 1)
  picture.dispose()
  return bits
}
