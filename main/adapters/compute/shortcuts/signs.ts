import type { PlantedSign } from '../../../../contract'
import type { Rng } from '../../../engine/rng'

/** A lead letter L in strokes of one pixel, 5 × 7. */
const LETTER = ['#....', '#....', '#....', '#....', '#....', '#....', '#####']
/** A name tag: a bright frame around two lines of writing, 13 × 6. */
const TAG = ['#############', '#...........#', '#.##.#.###..#', '#.###.##.#..#', '#...........#', '#############']

interface Sign {
  /** Top left corner before jitter, in pixels of a 64 × 64 picture. */
  readonly x: number
  readonly y: number
  readonly jitter: number
  /** Levels added (1 at most), row by row. */
  readonly rows: readonly (readonly number[])[]
  /** Brightness as a level, or levels added to what is there. */
  readonly level: number
  readonly adds: boolean
}

const strokes = (pattern: readonly string[]) => pattern.map((row) => [...row].map((c) => (c === '#' ? 1 : 0)))
const SIGNS: Readonly<Record<Exclude<PlantedSign, 'none'>, Sign>> = {
  // A side marker in the upper right corner of the picture.
  letter: { x: 53, y: 5, jitter: 2, rows: strokes(LETTER), level: 250, adds: false },
  // A tag at the lower edge, left.
  tag: { x: 5, y: 53, jitter: 2, rows: strokes(TAG), level: 235, adds: false },
  // A faint lighter square in the upper left corner, as a collimator or a digitiser leaves it: 10 × 10, fixed place.
  patch: {
    x: 0,
    y: 0,
    jitter: 0,
    rows: Array.from({ length: 10 }, () => Array<number>(10).fill(1)),
    level: 45,
    adds: true,
  },
}

/** A copy of a 64 × 64 picture with the sign on it, and the sign's place. */
export interface SignedPicture {
  readonly levels: Uint8Array
  /** 1 on the sign and within its rectangle, row-major. */
  readonly place: Uint8Array
}

export const SIGN_SIDE = 64

export function withSign(picture: Uint8Array, sign: Exclude<PlantedSign, 'none'>, rng: Rng): SignedPicture {
  const { x, y, jitter, rows, level, adds } = SIGNS[sign]
  const move = () => rng.integer(2 * jitter + 1) - jitter
  const [left, top] = [x + move(), y + move()]
  const levels = picture.slice()
  const place = new Uint8Array(picture.length)
  rows.forEach((row, dy) =>
    row.forEach((on, dx) => {
      const index = (top + dy) * SIGN_SIDE + left + dx
      place[index] = 1
      if (on) levels[index] = Math.min(255, adds ? (picture[index] ?? 0) + level : level)
    }),
  )
  return { levels, place }
}
