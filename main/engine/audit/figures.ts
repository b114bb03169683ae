import { keepsDecision, type FilmDecision } from './decision'
import { informationAboveFlat } from './flatPicture'
import type { PathPoint, PictureFigures } from './outcome'
import type { PathStop } from './path'
import type { PictureScore } from './score'

/** What all reported figures of one audit are measured against. */
export interface Yardstick extends FilmDecision {
  /** Values of a picture, size². */
  readonly dimensions: number
  readonly filmBits: number
  readonly flatBits: number
}

/** Sigmoid of a calibrated logit: the probability in 0 … 1. */
export function probabilityOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}

/**
 * A score as it is reported: bits, bits per dimension, share above the flat picture, probability.
 *
 * @param noiseDraws how many noises the score's bits are a mean over
 */
export function figuresOf(score: PictureScore, noiseDraws: number, by: Yardstick): PictureFigures {
  return {
    bits: score.bits,
    bpd: score.bits / by.dimensions,
    aboveFlat: informationAboveFlat(score.bits, { film: by.filmBits, flat: by.flatBits }),
    probability: probabilityOf(score.logit),
    logit: score.logit,
    noiseDraws,
  }
}

/** A stop as it is reported; `at.seconds` since the audit began, `at.frame` its index among the stops. */
export function pointOf(stop: PathStop, at: { seconds: number; frame: number }, by: Yardstick): PathPoint {
  return {
    step: stop.step,
    pressure: stop.pressure,
    bits: stop.bits,
    bpd: stop.bits / by.dimensions,
    aboveFlat: informationAboveFlat(stop.bits, { film: by.filmBits, flat: by.flatBits }),
    probability: probabilityOf(stop.logit),
    matchingDistance: stop.distance,
    kl: stop.kl,
    decisionKept: keepsDecision(stop.logit, by),
    ...at,
  }
}
