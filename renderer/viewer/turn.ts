import type { FilmPoint } from './geometry'

/** How the film lies on screen: mirrored left to right first, then turned clockwise by so many right angles. */
export interface Turn {
  readonly quarters: 0 | 1 | 2 | 3
  readonly mirrored: boolean
}

export const UPRIGHT: Turn = { quarters: 0, mirrored: false }

export const isUpright = ({ quarters, mirrored }: Turn): boolean => quarters === 0 && !mirrored

/** One right angle further, clockwise on screen (or back). */
export const turnedBy = ({ quarters, mirrored }: Turn, by: number): Turn => ({
  quarters: rightAngles(quarters + by),
  mirrored,
})

/**
 * Mirrors what is on screen, whatever its angle. A mirror M and a turn R obey M·R(q) = R(−q)·M, so left-right gives −q; upside
 * down is left-right and half a turn more.
 */
export function flipped({ quarters, mirrored }: Turn, axis: 'leftRight' | 'upDown'): Turn {
  return { quarters: rightAngles(axis === 'leftRight' ? -quarters : 2 - quarters), mirrored: !mirrored }
}

/** A vector of the film plane, already in screen pixels, as it points on screen (y down). */
export function turnVector({ quarters, mirrored }: Turn, { x, y }: FilmPoint): FilmPoint {
  const [cos, sin] = DIRECTIONS[quarters]
  const across = mirrored ? -x : x
  return { x: cos * across - sin * y, y: sin * across + cos * y }
}

/** The way back: a vector on screen in the directions of the film. */
export function unturnVector({ quarters, mirrored }: Turn, { x, y }: FilmPoint): FilmPoint {
  const [cos, sin] = DIRECTIONS[quarters]
  const across = cos * x + sin * y
  return { x: mirrored ? -across : across, y: cos * y - sin * x }
}

const ARROWS: Readonly<Record<string, FilmPoint>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/** The step in the directions of the film that goes on screen where the arrow key points; null for any other key. */
export function arrowStep(key: string, turn: Turn): FilmPoint | null {
  const step = ARROWS[key]
  return step ? unturnVector(turn, step) : null
}

/** Cosine and sine of the right angles, exact. */
const DIRECTIONS: Readonly<Record<Turn['quarters'], readonly [number, number]>> = {
  0: [1, 0],
  1: [0, 1],
  2: [-1, 0],
  3: [0, -1],
}

const QUARTERS = [0, 1, 2, 3] as const
const rightAngles = (quarters: number): Turn['quarters'] => QUARTERS[((quarters % 4) + 4) % 4] ?? 0
