import type { ShortcutHit, ShortcutMethod } from '../../../../contract'
import { SIGN_SIDE } from './signs'

/** Pixels around the sign that still count as on it: methods of coarse maps must not lose by a hair's breadth. */
const TOLERANCE = 4

/** Whether the sign is where a map has its top. */
export function hitOf(method: ShortcutMethod, map: Float32Array, place: Uint8Array): ShortcutHit {
  const near = place.map((_, i) => (isNear(place, i) ? 1 : 0))
  const count = place.reduce((sum, is) => sum + is, 0)
  const order = [...map.keys()].sort((a, b) => (map[b] ?? 0) - (map[a] ?? 0))
  const top = order.slice(0, count)
  const positive = map.reduce((sum, value) => sum + Math.max(0, value), 0)
  const onSign = map.reduce((sum, value, i) => sum + (place[i] ? Math.max(0, value) : 0), 0)
  return {
    method,
    pointing: near[order[0] ?? 0] === 1,
    topShare: count === 0 ? 0 : top.filter((i) => near[i]).length / count,
    mass: positive > 0 ? onSign / positive : 0,
  }
}

function isNear(place: Uint8Array, index: number): boolean {
  const [x, y] = [index % SIGN_SIDE, Math.floor(index / SIGN_SIDE)]
  for (let dy = -TOLERANCE; dy <= TOLERANCE; dy++)
    for (let dx = -TOLERANCE; dx <= TOLERANCE; dx++) {
      const [column, row] = [x + dx, y + dy]
      const inside = column >= 0 && row >= 0 && column < SIGN_SIDE && row < SIGN_SIDE
      if (inside && place[row * SIGN_SIDE + column]) return true
    }
  return false
}
