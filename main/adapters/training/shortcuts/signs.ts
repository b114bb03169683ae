import { MODEL_SIZE, type PlantedSign } from '../../../../contract'
import type { Rng } from '../../../engine/rng'

/** A lead letter L, 5 × 7 strokes. */
const LETTER = ['#....', '#....', '#....', '#....', '#....', '#....', '#####']
/** A name tag: a bright frame around two lines of writing, 13 × 6 strokes. */
const TAG = ['#############', '#...........#', '#.##.#.###..#', '#.###.##.#..#', '#...........#', '#############']

interface Sign {
  /** Top left corner before jitter, in strokes. */
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
  // A faint lighter square in the upper left corner, as a collimator or a digitiser leaves it: 10 × 10 strokes, fixed place.
  patch: {
    x: 0,
    y: 0,
    jitter: 0,
    rows: Array.from({ length: 10 }, () => Array<number>(10).fill(1)),
    level: 45,
    adds: true,
  },
}

/** A copy of a picture with the sign on it, and the sign's place. */
interface SignedPicture {
  readonly levels: Uint8Array
  /** 1 on the sign and within its rectangle, row-major. */
  readonly place: Uint8Array
}

export const SIGN_SIDE = MODEL_SIZE
/** Side of a stroke in pixels. */
const STROKE = 2

/** @param picture levels, row-major, SIGN_SIDE × SIGN_SIDE */
export function withSign(picture: Uint8Array, sign: Exclude<PlantedSign, 'none'>, rng: Rng): SignedPicture {
  const { x, y, jitter, rows, level, adds } = SIGNS[sign]
  const move = () => rng.integer(2 * STROKE * jitter + 1) - STROKE * jitter
  const [left, top] = [STROKE * x + move(), STROKE * y + move()]
  const levels = picture.slice()
  const place = new Uint8Array(picture.length)
  enlarged(rows).forEach((row, dy) =>
    row.forEach((on, dx) => {
      const index = (top + dy) * SIGN_SIDE + left + dx
      place[index] = 1
      if (on) levels[index] = Math.min(255, adds ? (picture[index] ?? 0) + level : level)
    }),
  )
  return { levels, place }
}

function enlarged(rows: readonly (readonly number[])[]): number[][] {
  const [height, width] = [rows.length * STROKE, (rows[0]?.length ?? 0) * STROKE]
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_column, x) => rows[Math.floor(y / STROKE)]?.[Math.floor(x / STROKE)] ?? 0),
  )
}
