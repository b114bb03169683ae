import { normalOut } from './fitPose'
import { PARTS, type EdgePart } from './lungShape'
import { sample } from './picture'
import type { Point } from './polygon'

/** Offsets along the normal that a vertex may take, in model pixels. */
const OFFSETS = Array.from({ length: 17 }, (_, i) => i - 8)
/** Price of an offset's square, and of the square of two neighbours' difference, in local standard deviations. */
const STAY: Readonly<Record<EdgePart, number>> = { apex: 0.006, lateral: 0.006, base: 0.006, medial: 0.006 }
const SMOOTH = 0.05
const REACH = 1.5
const MOST = 1.2

/**
 * Moves every vertex along its normal to where the picture's edge is: the cheapest closed chain of offsets by dynamic
 * programming, cost = − edge rise + stay · offset² + smooth · (difference to the neighbour)².
 */
export function refineOutline(contrast: Float32Array, points: readonly Point[]): Point[] {
  const normals = points.map((_, i) => normalOut(points, i))
  const cost = points.map((p, i) => OFFSETS.map((offset) => unary(contrast, { p, normal: normals[i] ?? p, offset, i })))
  const offsets = cheapestRing(cost)
  return points.map((p, i) => {
    const offset = OFFSETS[offsets[i] ?? 8] ?? 0
    const normal = normals[i] ?? { x: 0, y: 0 }
    return { x: p.x + normal.x * offset, y: p.y + normal.y * offset }
  })
}

function unary(contrast: Float32Array, at: { p: Point; normal: Point; offset: number; i: number }): number {
  const { p, normal, offset, i } = at
  const along = (distance: number) => sample(contrast, p.x + normal.x * distance, p.y + normal.y * distance)
  const rise = Math.min(MOST, Math.max(-MOST, along(offset + REACH) - along(offset - REACH)))
  return -rise + STAY[PARTS[i] ?? 'lateral'] * offset * offset
}

/** Viterbi on a ring: once for every first state, the cheapest of them. */
function cheapestRing(cost: readonly (readonly number[])[]): number[] {
  const states = cost[0]?.length ?? 0
  let best = { total: Infinity, path: [] as number[] }
  for (let first = 0; first < states; first++) {
    const found = cheapestFrom(cost, first)
    if (found.total < best.total) best = found
  }
  return best.path
}

function cheapestFrom(cost: readonly (readonly number[])[], first: number): { total: number; path: number[] } {
  const states = cost[0]?.length ?? 0
  let reached = Array.from({ length: states }, (_, s) => (s === first ? (cost[0]?.[s] ?? 0) : Infinity))
  const from: number[][] = []
  for (let i = 1; i < cost.length; i++) {
    const before: number[] = []
    const next = Array.from({ length: states }, (_, s) => {
      let [least, origin] = [Infinity, 0]
      for (let t = 0; t < states; t++) {
        const value = (reached[t] ?? Infinity) + SMOOTH * (s - t) ** 2
        if (value < least) [least, origin] = [value, t]
      }
      before[s] = origin
      return least + (cost[i]?.[s] ?? 0)
    })
    reached = next
    from.push(before)
  }
  let last = 0
  const closing = (s: number) => (reached[s] ?? Infinity) + SMOOTH * (s - first) ** 2
  for (let s = 1; s < states; s++) if (closing(s) < closing(last)) last = s
  const path = [last]
  for (let i = from.length - 1; i >= 0; i--) path.unshift(from[i]?.[path[0] ?? 0] ?? 0)
  return { total: closing(last), path }
}
