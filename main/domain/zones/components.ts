/** A 4-connected set of pixels of a mask. */
export interface Component {
  /** Indices, row-major. */
  readonly pixels: readonly number[]
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** The 4-connected components of a square mask, the largest first. */
export function components(mask: Uint8Array, side: number): Component[] {
  const seen = new Uint8Array(mask.length)
  const found: Component[] = []
  for (let start = 0; start < mask.length; start++)
    if (mask[start] && !seen[start]) found.push(flood({ mask, seen, side }, start))
  return found.sort((a, b) => b.pixels.length - a.pixels.length)
}

function flood(grid: { mask: Uint8Array; seen: Uint8Array; side: number }, start: number): Component {
  const { mask, seen, side } = grid
  const pixels = [start]
  seen[start] = 1
  let [left, right, top, bottom] = [side, 0, side, 0]
  for (let next = 0; next < pixels.length; next++) {
    const index = pixels[next] ?? 0
    const [x, y] = [index % side, Math.floor(index / side)]
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
    const visit = (inside: boolean, neighbour: number) => {
      if (!inside || !mask[neighbour] || seen[neighbour]) return
      seen[neighbour] = 1
      pixels.push(neighbour)
    }
    visit(x > 0, index - 1)
    visit(x < side - 1, index + 1)
    visit(y > 0, index - side)
    visit(y < side - 1, index + side)
  }
  return { pixels, left, right, top, bottom }
}
