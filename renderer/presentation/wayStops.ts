import type { PathPoint } from '../../contract'

/** Frame number of the film as the model sees it. */
export const FILM_FRAME = -1

/** What one stop of the way costs and what the model says of it. */
export interface StopFigures {
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
  readonly original: { readonly bits: number; readonly bpd: number; readonly probability: number }
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

/** The film and every stop of the way as points of the curve, by bits left. */
export function curvePoints({ original, points }: WaySource, curve: CurveName): CurvePoint[] {
  const film = { x: 100, y: curve === 'probability' ? original.probability : 0, frame: FILM_FRAME, kept: true }
  const stops = points.map((point) => ({
    x: (100 * point.bits) / original.bits,
    y: point[curve],
    frame: point.frame,
    kept: point.decisionKept,
  }))
  return [film, ...stops].sort((a, b) => a.x - b.x)
}
