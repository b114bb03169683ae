import type { Zones } from '../../../contract'
import type { ColourPicture } from '../greyPicture'
import { zoneIndex } from './labelMap'
import { SIDE } from './picture'
import type { Point } from './polygon'

type Rgb = readonly [number, number, number]

/** Screen pixels a model pixel. */
const TIMES = 2
const COLUMNS = 8
const TILE = SIDE * TIMES
const SURE: Rgb = [139, 227, 192]
const UNSURE: Rgb = [244, 187, 83]
const TINTS: ReadonlyMap<number, Rgb> = new Map([
  [zoneIndex('outside'), [0, 60, 120]],
  [zoneIndex('mediastinum'), [70, 0, 70]],
  [zoneIndex('costophrenic-picture-left'), [0, 110, 0]],
  [zoneIndex('costophrenic-picture-right'), [0, 110, 0]],
  [zoneIndex('border'), [90, 50, 0]],
  [zoneIndex('markers'), [200, 0, 0]],
])

/** One film at twice the model's size: zones tinted, outlines green, or amber where they are unsure. */
export function drawOutlines(levels: Uint8Array, labels: Uint8Array, zones: Zones): ColourPicture {
  const rgb = new Uint8Array(TILE * TILE * 3)
  for (let i = 0; i < TILE * TILE; i++) {
    const index = Math.floor(Math.floor(i / TILE) / TIMES) * SIDE + Math.floor((i % TILE) / TIMES)
    const tint = TINTS.get(labels[index] ?? 0) ?? [0, 0, 0]
    const level = levels[index] ?? 0
    tint.forEach((part, channel) => (rgb[3 * i + channel] = Math.min(255, 0.85 * level + 0.6 * part)))
  }
  const colour = zones.sure ? SURE : UNSURE
  for (const { points } of [zones.pictureLeft, zones.pictureRight])
    points.forEach((point, i) => drawLine(rgb, { from: point, to: points[(i + 1) % points.length] ?? point }, colour))
  return { width: TILE, height: TILE, rgb }
}

function drawLine(rgb: Uint8Array, { from, to }: { from: Point; to: Point }, colour: Rgb): void {
  const steps = Math.ceil(2 * TIMES * Math.hypot(to.x - from.x, to.y - from.y)) + 1
  for (let k = 0; k <= steps; k++) {
    const x = Math.floor((from.x + ((to.x - from.x) * k) / steps) * TIMES)
    const y = Math.floor((from.y + ((to.y - from.y) * k) / steps) * TIMES)
    if (x >= 0 && y >= 0 && x < TILE && y < TILE) rgb.set(colour, 3 * (y * TILE + x))
  }
}

/** Tiles of one size, eight a row. */
export function tileSheet(tiles: readonly ColourPicture[]): ColourPicture {
  const width = Math.min(COLUMNS, tiles.length) * TILE
  const height = Math.ceil(tiles.length / COLUMNS) * TILE
  const rgb = new Uint8Array(width * height * 3)
  tiles.forEach((tile, n) => {
    const [left, top] = [(n % COLUMNS) * TILE, Math.floor(n / COLUMNS) * TILE]
    for (let y = 0; y < TILE; y++)
      rgb.set(tile.rgb.subarray(3 * y * TILE, 3 * (y + 1) * TILE), 3 * ((top + y) * width + left))
  })
  return { width, height, rgb }
}
