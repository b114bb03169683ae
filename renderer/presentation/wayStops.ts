import type { PathPoint } from '../../contract'
import { FILM_FRAME } from '../../contract/shared'

/** Frame number of the instant estimate, which is no stop of the way. */
export const INSTANT_FRAME = -2

/** What one stop of the way costs and what the classifier says of it. */
interface StopFigures {
  readonly bits: number
  readonly bpd: number
  readonly aboveFlat: number
  readonly probability: number
}

/** A place where the knob can stand: the film itself (point null), or a stop of the way that has a picture. */
export interface Stop {
  readonly frame: number
  readonly point: PathPoint | null
  readonly figures: StopFigures
}

export interface WaySource {
  readonly original: {
    readonly bits: number
    readonly bpd: number
    readonly probability: number
    /** Of the film itself, which is not 0; absent in audits of earlier versions. */
    readonly matchingDistance?: number | undefined
  }
  readonly points: readonly PathPoint[]
}

/** The film, then every stop with a picture in the order of the way. */
export function stopsOf({ original, points }: WaySource): Stop[] {
  const film: Stop = { frame: FILM_FRAME, point: null, figures: { ...original, aboveFlat: 1 } }
  return [
    film,
    ...points.flatMap((point) => (point.frame === null ? [] : [{ frame: point.frame, point, figures: point }])),
  ]
}

export type CurveName = 'probability' | 'matchingDistance'

export interface CurvePoint {
  /** Bits left in percent of the film. */
  readonly x: number
  readonly y: number
  readonly frame: number | null
  readonly kept: boolean
}

/** The film, where its figure is known, and every stop of the way as points of the curve, by bits left. */
export function curvePoints({ original, points }: WaySource, curve: CurveName): CurvePoint[] {
  const own = original[curve]
  const film = own === undefined ? [] : [{ x: 100, y: own, frame: FILM_FRAME, kept: true }]
  const stops = points.map((point) => ({
    x: (100 * point.bits) / original.bits,
    y: point[curve],
    frame: point.frame,
    kept: point.decisionKept,
  }))
  return [...film, ...stops].sort((a, b) => a.x - b.x)
}

/** Share of bits, in percent, by which the film may lie beyond the last stop and still be drawn. */
const FILM_IN_SIGHT = 25

/** The curve's range in percent of bits: the stops, and the film where it does not squeeze them together. */
export function bitsRange(points: readonly CurvePoint[]): [number, number] {
  const stops = points.filter((point) => point.frame !== FILM_FRAME).map((point) => point.x)
  if (stops.length === 0) return [0, 105]
  const low = Math.min(...stops)
  const farthest = Math.max(...stops)
  const high = 100 - farthest <= FILM_IN_SIGHT ? Math.max(100, farthest) : farthest
  const margin = Math.max(2, (high - low) * 0.12)
  return [Math.max(0, low - margin), high + margin]
}
