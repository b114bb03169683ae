/** A place in model pixels: x to the right, y down, (0, 0) the outer corner of the first pixel. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Area in square model pixels, positive where the points run clockwise on the screen (y down), else negative. */
export function signedArea(points: readonly Point[]): number {
  let sum = 0
  for (let i = 0; i < points.length; i++) {
    const a = at(points, i)
    const b = at(points, i + 1)
    sum += a.x * b.y - b.x * a.y
  }
  return sum / 2
}

function at(points: readonly Point[], i: number): Point {
  return points[((i % points.length) + points.length) % points.length] ?? { x: 0, y: 0 }
}

/** Unit normal at a vertex, pointing out of a polygon that runs clockwise on the screen. */
export function outwardNormal(points: readonly Point[], i: number): Point {
  const before = at(points, i - 1)
  const after = at(points, i + 1)
  const [dx, dy] = [after.x - before.x, after.y - before.y]
  const length = Math.hypot(dx, dy) || 1
  return { x: dy / length, y: -dx / length }
}

/**
 * Pixels whose centre lies inside (even-odd rule).
 *
 * @returns 1 inside, row-major [side · side]
 */
export function rasterise(points: readonly Point[], side: number): Uint8Array {
  const mask = new Uint8Array(side * side)
  for (let row = 0; row < side; row++) {
    const y = row + 0.5
    const crossings: number[] = []
    for (let i = 0; i < points.length; i++) {
      const [a, b] = [at(points, i), at(points, i + 1)]
      if (a.y <= y !== b.y <= y) crossings.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x))
    }
    crossings.sort((p, q) => p - q)
    for (let c = 0; c + 1 < crossings.length; c += 2) {
      const from = Math.max(0, Math.ceil((crossings[c] ?? 0) - 0.5))
      const to = Math.min(side - 1, Math.ceil((crossings[c + 1] ?? 0) - 0.5) - 1)
      for (let x = from; x <= to; x++) mask[row * side + x] = 1
    }
  }
  return mask
}
