import { SimpleBitsError } from '../../../../contract'
import type { Rng } from '../../../engine/rng'
import {
  centred,
  inGrey,
  loadNatural,
  pictureAt,
  sideBySide,
  SIDE,
  type PictureSet,
  type Square,
} from '../../experimentData'
import type { FlowPictures, HeldOutPicture } from './flowPictures'
import type { FlowTrainingConfig } from './trainingConfig'

interface Pool {
  readonly photos: PictureSet
  readonly digits: PictureSet
  readonly clothing: PictureSet
}

/** Shares of what the flow sees; the rest are photos in colour. Plain pictures are there so that they cost little. */
const SHARES: readonly (readonly [number, (pool: Pool, rng: Rng) => Square])[] = [
  [0.15, ({ photos }, rng) => inGrey(photo(photos, rng))],
  [0.15, halves],
  [0.1, ({ digits }, rng) => dimmed(centred(any(digits, rng)), rng)],
  [0.1, ({ clothing }, rng) => dimmed(centred(any(clothing, rng)), rng)],
  [0.06, (_, rng) => flat(rng)],
  [0.06, partlyFlat],
]
const HELD_OUT = 256

/** Photos, digits and clothing of 32 × 32 pixels in three channels; those that experiments test on are held out. */
export async function photoPictures(config: FlowTrainingConfig, data: string): Promise<FlowPictures> {
  const { size, channels } = config.flow
  if (channels !== 3 || size !== SIDE)
    throw new SimpleBitsError('BAD_REQUEST', `flow: photos come as colour pictures of ${SIDE} pixels, not ${size}.`)
  const [photos, digits, clothing] = await Promise.all([
    loadNatural(data, 'photos'),
    loadNatural(data, 'digits'),
    loadNatural(data, 'clothing'),
  ])
  const pool = { photos: photos.train, digits: digits.train, clothing: clothing.train }
  return {
    trained: photos.train.count + digits.train.count + clothing.train.count,
    draw: (rng) => drawPicture(pool, rng),
    heldOut: [
      ...rowsOf(photos.test, 'photos', (levels) => levels),
      ...rowsOf(digits.test, 'digits', centred),
      ...rowsOf(clothing.test, 'clothing', centred),
      ...Array.from({ length: HELD_OUT }, (_, i) => ({
        levels: sideBySide(pictureAt(digits.test, i), pictureAt(clothing.test, i)),
        groups: ['all', 'digit beside clothing'],
      })),
    ],
  }
}

function rowsOf(set: PictureSet, name: string, shown: (levels: Uint8Array) => Square): HeldOutPicture[] {
  const count = Math.min(HELD_OUT, set.count)
  return Array.from({ length: count }, (_, i) => ({ levels: shown(pictureAt(set, i)), groups: ['all', name] }))
}

function drawPicture(pool: Pool, rng: Rng): Square {
  let place = rng.uniform()
  for (const [share, draw] of SHARES) {
    if (place < share) return draw(pool, rng)
    place -= share
  }
  return photo(pool.photos, rng)
}

function any(set: PictureSet, rng: Rng): Uint8Array {
  return pictureAt(set, rng.integer(set.count))
}

/** A photo, mirrored every second time. */
function photo(photos: PictureSet, rng: Rng): Square {
  const levels = any(photos, rng)
  if (rng.uniform() < 0.5) return levels.slice()
  return levels.map((_, i) => {
    const [channel, pixel] = [i % 3, Math.floor(i / 3)]
    return levels[3 * (pixel - (pixel % SIDE) + SIDE - 1 - (pixel % SIDE)) + channel] ?? 0
  })
}

/** Digit and clothing in either order, sometimes with one half black. */
function halves({ digits, clothing }: Pool, rng: Rng): Square {
  const pair = [any(digits, rng), any(clothing, rng)]
  if (rng.uniform() < 0.5) pair.reverse()
  const blank = rng.integer(6)
  const [left = null, right = null] = pair.map((part, half) => (half === blank ? null : part))
  return sideBySide(left, right)
}

/** As it is, or down to half as bright. */
function dimmed(square: Square, rng: Rng): Square {
  const factor = rng.uniform() < 0.5 ? 1 : 0.5 + 0.5 * rng.uniform()
  return square.map((level) => Math.round(level * factor))
}

/** One colour; black and greys more often than others. */
function flat(rng: Rng): Square {
  const kind = rng.uniform()
  const grey = kind < 0.4 ? 0 : rng.integer(256)
  const colour = [0, 1, 2].map(() => (kind < 0.8 ? grey : rng.integer(256)))
  return Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => colour[i % 3] ?? 0)
}

/** A photo of which a box is one colour. */
function partlyFlat({ photos }: Pool, rng: Rng): Square {
  const [square, plain] = [photo(photos, rng), flat(rng)]
  const [x0, y0] = [rng.integer(SIDE / 2), rng.integer(SIDE / 2)]
  const [width, height] = [SIDE / 4 + rng.integer(SIDE), SIDE / 4 + rng.integer(SIDE)]
  return square.map((level, i) => {
    const [x, y] = [Math.floor(i / 3) % SIDE, Math.floor(i / (3 * SIDE))]
    const inside = x >= x0 && x < x0 + width && y >= y0 && y < y0 + height
    return inside ? (plain[i] ?? 0) : level
  })
}
