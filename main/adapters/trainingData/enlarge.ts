/** Bilinear enlargement of a square picture, pixel centres aligned, edges repeated. Levels row-major. */
export function enlarge(grey: Uint8Array, from: number, to: number): Uint8Array {
  const result = new Uint8Array(to * to)
  const at = (x: number, y: number) => grey[y * from + x] ?? 0
  const clamp = (value: number) => Math.min(from - 1, Math.max(0, value))
  for (let y = 0; y < to; y++) {
    const sy = ((y + 0.5) * from) / to - 0.5
    const y0 = Math.floor(sy)
    for (let x = 0; x < to; x++) {
      const sx = ((x + 0.5) * from) / to - 0.5
      const x0 = Math.floor(sx)
      const [left, right, top, bottom] = [clamp(x0), clamp(x0 + 1), clamp(y0), clamp(y0 + 1)]
      const above = at(left, top) + (at(right, top) - at(left, top)) * (sx - x0)
      const below = at(left, bottom) + (at(right, bottom) - at(left, bottom)) * (sx - x0)
      result[y * to + x] = Math.round(above + (below - above) * (sy - y0))
    }
  }
  return result
}
