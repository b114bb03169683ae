import { informationAboveFlat } from './flatPicture'
import type { PathPoint, PictureFigures } from './outcome'
import type { PathStop } from './path'
import type { PictureScore } from './score'

/** What all reported figures of one audit are measured against. */
export interface Yardstick {
  readonly dimensions: number
  readonly filmBits: number
  readonly flatBits: number
  /** Logit at and above which the decision is yes. */
  readonly boundary: number
  readonly filmDecision: boolean
}

export function probabilityOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}

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
    decisionKept: stop.logit >= by.boundary === by.filmDecision,
    ...at,
  }
}
