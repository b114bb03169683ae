import { blurredLevels } from '../blurredLevels'
import { components, type Component } from './components'
import { orderStatistic } from '../orderStatistic'
import { SIDE, type ZonePicture } from './picture'

/** Standard deviation of the surroundings that a marker stands out from, in model pixels. */
const SURROUNDINGS = 6
/** Levels above the surroundings: of a letter, which is known by its brightness, and of a tag, which is known by its shape. */
const STANDS_OUT = { letter: 32, tag: 14 }
const SMALLEST = 2
const LARGEST = 90
const LONGEST = 18
/** Levels by which its mean lies above nearly all of the ring around it: lead stands alone, bone goes on. */
const ABOVE_RING = { letter: 22, tag: 10 }
const RING_SHARE = 0.85
/** Ribs and shoulder blades beside the lungs are bright, small and sharp as well: markers lie further off. */
const FROM_LUNGS = 9
/** Share of a component's box that it fills: lead letters are compact, cables and bone edges are not. */
const COMPACT = 0.28
/** Tags are larger and straight: a frame or a block that lights up at least so much of its box's outline. */
const SMALLEST_TAG = 6
const LONGEST_TAG = 40
const STRAIGHT_SIDES = 0.85
/** Markers lie near the film's edge: this share of its width or height. */
const NEAR_EDGE = 0.24

/**
 * Lead letters, tags and other small, very bright, compact things near the film's edges, a pixel larger all around.
 *
 * @param anatomy 1 where no marker is looked for (lungs, mediastinum)
 * @returns 1 on a marker
 */
export function markerMask({ pixels, box }: ZonePicture, anatomy: Uint8Array): Uint8Array {
  const around = blurredLevels(pixels, SIDE, SURROUNDINGS)
  const near = grown(anatomy, FROM_LUNGS)
  const standing = (kind: 'letter' | 'tag') => {
    const bright = Uint8Array.from(pixels, (level, i) => (level - (around[i] ?? 0) > STANDS_OUT[kind] ? 1 : 0))
    return components(bright, SIDE).filter(
      (found) => liesNearEdge(found, box) && aboveRing(pixels, found.pixels) >= ABOVE_RING[kind],
    )
  }
  const letters = standing('letter').filter((found) => isLetter(found) && !found.pixels.some((index) => near[index]))
  const mask = new Uint8Array(SIDE * SIDE)
  for (const index of letters.flatMap((found) => found.pixels)) mask[index] = 1
  for (const index of standing('tag').filter(isTag).flatMap(boxOf)) mask[index] = 1
  return grown(mask, 1)
}

/** Its middle near one of the film's edges, and nothing of it cut off. */
function liesNearEdge({ left, right, top, bottom }: Component, box: ZonePicture['box']): boolean {
  const x = ((left + right + 1) / 2 - box.x) / box.width
  const y = ((top + bottom + 1) / 2 - box.y) / box.height
  const whole = left > box.x && top > box.y && right < box.x + box.width - 1 && bottom < box.y + box.height - 1
  return whole && Math.min(x, 1 - x, y, 1 - y) < NEAR_EDGE
}

function isLetter({ pixels, ...box }: Component): boolean {
  const { width, height } = sidesOf(box)
  const size = pixels.length >= SMALLEST && pixels.length <= LARGEST && Math.max(width, height) <= LONGEST
  return size && pixels.length / (width * height) >= COMPACT
}

/** No anatomy has four straight sides: a tag is one wherever it lies. */
function isTag({ pixels, ...box }: Component): boolean {
  const { width, height } = sidesOf(box)
  if (Math.min(width, height) < SMALLEST_TAG || Math.max(width, height) > LONGEST_TAG) return false
  const onOutline = pixels.filter((index) => {
    const [x, y] = [index % SIDE, Math.floor(index / SIDE)]
    return x === box.left || x === box.right || y === box.top || y === box.bottom
  })
  return onOutline.length >= STRAIGHT_SIDES * 2 * (width + height - 2)
}

function sidesOf({ left, right, top, bottom }: Omit<Component, 'pixels'>): { width: number; height: number } {
  return { width: right - left + 1, height: bottom - top + 1 }
}

function boxOf({ left, right, top, bottom }: Component): number[] {
  const { width, height } = sidesOf({ left, right, top, bottom })
  return Array.from({ length: width * height }, (_, i) => (top + Math.floor(i / width)) * SIDE + left + (i % width))
}

/** Levels by which the mean of the pixels lies above nearly all of the ring around them. */
function aboveRing(levels: Uint8Array, found: readonly number[]): number {
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
  return sum / found.length - orderStatistic(ring, Math.round(RING_SHARE * (ring.length - 1)))
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
