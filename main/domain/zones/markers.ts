import { gaussianBlur } from '../gaussianBlur'
import { components } from './components'
import { orderStatistic } from '../orderStatistic'
import { SIDE, type ZonePicture } from './picture'

/** Standard deviation of the surroundings that a marker stands out from, in model pixels. */
const SURROUNDINGS = 6
/** Levels above the surroundings. */
const STANDS_OUT = 32
const SMALLEST = 2
const LARGEST = 90
const LONGEST = 18
/** Levels by which a marker's mean lies above nearly all of the ring around it: lead stands alone, bone goes on. */
const ABOVE_RING = 22
const RING_SHARE = 0.85
/** Ribs and shoulder blades beside the lungs are bright, small and sharp as well: markers lie further off. */
const FROM_LUNGS = 9
/** Share of a component's box that it fills: lead letters are compact, cables and bone edges are not. */
const COMPACT = 0.28
/** Markers lie near the film's edge: this share of its width or height. */
const NEAR_EDGE = 0.24

/**
 * Lead letters, tags and other small, very bright, compact things near the film's edges, a pixel larger all around.
 *
 * @param anatomy 1 where no marker is looked for (lungs, mediastinum)
 * @returns 1 on a marker
 */
export function markerMask({ pixels, box }: ZonePicture, anatomy: Uint8Array): Uint8Array {
  const around = gaussianBlur(pixels, SIDE, SURROUNDINGS)
  const bright = Uint8Array.from(pixels, (level, i) => (level - (around[i] ?? 0) > STANDS_OUT ? 1 : 0))
  const mask = new Uint8Array(SIDE * SIDE)
  const near = grown(anatomy, FROM_LUNGS)
  for (const { pixels: found, left, right, top, bottom } of components(bright, SIDE)) {
    const [width, height] = [right - left + 1, bottom - top + 1]
    const x = ((left + right + 1) / 2 - box.x) / box.width
    const y = ((top + bottom + 1) / 2 - box.y) / box.height
    const nearEdge = Math.min(x, 1 - x, y, 1 - y) < NEAR_EDGE
    const size = found.length >= SMALLEST && found.length <= LARGEST && Math.max(width, height) <= LONGEST
    const compact = found.length / (width * height) >= COMPACT
    const whole = left > box.x && top > box.y && right < box.x + box.width - 1 && bottom < box.y + box.height - 1
    if (!nearEdge || !size || !compact || !whole || found.some((index) => near[index])) continue
    if (standsAlone(pixels, found)) for (const index of found) mask[index] = 1
  }
  return grown(mask, 1)
}

function standsAlone(levels: Uint8Array, found: readonly number[]): boolean {
  const own = new Uint8Array(SIDE * SIDE)
  let sum = 0
  for (const index of found) {
    own[index] = 1
    sum += levels[index] ?? 0
  }
  const inner = grown(own, 1)
  const ring = Float32Array.from(
    [...grown(own, 3).entries()].flatMap(([i, is]) => (is && !inner[i] ? [levels[i] ?? 0] : [])),
  )
  return sum / found.length - orderStatistic(ring, Math.round(RING_SHARE * (ring.length - 1))) >= ABOVE_RING
}

/** Every pixel within so many 4-neighbour steps of the mask. */
export function grown(mask: Uint8Array, steps: number): Uint8Array {
  let current = mask
  for (let step = 0; step < steps; step++) {
    const next = current.slice()
    for (let index = 0; index < current.length; index++) {
      if (!current[index]) continue
      const x = index % SIDE
      if (x > 0) next[index - 1] = 1
      if (x < SIDE - 1) next[index + 1] = 1
      if (index >= SIDE) next[index - SIDE] = 1
      if (index < SIDE * (SIDE - 1)) next[index + SIDE] = 1
    }
    current = next
  }
  return current
}
