import type { Rng } from '../rng'

/** How far a film may be moved in training. All zero: the film as it is. */
export interface AugmentSettings {
  /** Largest shift, as a share of the side. */
  readonly shift: number
  /** Largest enlargement or reduction, as a share (0.1: 0.9 … 1.1 times). */
  readonly scale: number
  /** Largest rotation, degrees. */
  readonly rotation: number
  /** Chance of a mirrored film (left and right swapped: the heart then lies on the wrong side). */
  readonly flip: number
  /** Largest gamma, as its natural logarithm: grey values become grey^γ, γ in e^±gamma. */
  readonly gamma: number
}

export const NO_AUGMENTATION: AugmentSettings = { shift: 0, scale: 0, rotation: 0, flip: 0, gamma: 0 }

/** One drawn augmentation: target pixel (x, y), from the centre, comes from (a·x + b·y + dx, c·x + d·y + dy). */
export interface Warp {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly dx: number
  readonly dy: number
  readonly gamma: number
}

export const IDENTITY_WARP: Warp = { a: 1, b: 0, c: 0, d: 1, dx: 0, dy: 0, gamma: 1 }

/** Draws one augmentation. Always takes the same count of random numbers, so that settings do not shift the stream. */
export function drawWarp(rng: Rng, settings: AugmentSettings, side: number): Warp {
  const within = (limit: number) => (2 * rng.uniform() - 1) * limit
  const dx = within(settings.shift) * side
  const dy = within(settings.shift) * side
  const zoom = 1 / (1 + within(settings.scale))
  const angle = (within(settings.rotation) * Math.PI) / 180
  const mirror = rng.uniform() < settings.flip ? -1 : 1
  const gamma = Math.exp(within(settings.gamma))
  const cos = Math.cos(angle) * zoom
  const sin = Math.sin(angle) * zoom
  return { a: mirror * cos, b: -mirror * sin, c: sin, d: cos, dx, dy, gamma }
}

/**
 * Warps a square grey picture by bilinear sampling at its own size and then averages 2 × 2 pixels: augmenting before the
 * reduction keeps the grain of the film, which a flow would otherwise learn to miss. Beyond the edge the film is mirrored.
 *
 * @param grey levels row-major [side · side]; `side` even
 * @returns grey values row-major [side/2 · side/2], scale 0 … 255, not rounded
 */
export function warpAndHalve(grey: Uint8Array, side: number, warp: Warp): Float32Array {
  const values = graded(grey, warp.gamma)
  const { a, b, c, d } = warp
  const half = side / 2
  const last = side - 1
  const middle = last / 2
  const result = new Float32Array(half * half)
  for (let y = 0; y < side; y++) {
    const row = (y >> 1) * half
    const fromX = b * (y - middle) + warp.dx + middle - a * middle
    const fromY = d * (y - middle) + warp.dy + middle - c * middle
    for (let x = 0; x < side; x++) {
      const sx = a * x + fromX
      const sy = c * x + fromY
      const x0 = Math.floor(sx)
      const y0 = Math.floor(sy)
      const inside = x0 >= 0 && y0 >= 0 && x0 < last && y0 < last
      const left = inside ? x0 : mirrored(x0, side)
      const right = inside ? x0 + 1 : mirrored(x0 + 1, side)
      const top = (inside ? y0 : mirrored(y0, side)) * side
      const bottom = (inside ? y0 + 1 : mirrored(y0 + 1, side)) * side
      const u = sx - x0
      const topLeft = values[top + left] ?? 0
      const bottomLeft = values[bottom + left] ?? 0
      const above = topLeft + ((values[top + right] ?? 0) - topLeft) * u
      const below = bottomLeft + ((values[bottom + right] ?? 0) - bottomLeft) * u
      const cell = row + (x >> 1)
      result[cell] = (result[cell] ?? 0) + (above + (below - above) * (sy - y0)) * 0.25
    }
  }
  return result
}

/** Grey values after the gamma curve, scale 0 … 255. */
function graded(grey: Uint8Array, gamma: number): Float32Array {
  if (gamma === 1) return new Float32Array(grey)
  const curve = new Float32Array(256)
  for (let level = 0; level < 256; level++) curve[level] = 255 * (level / 255) ** gamma
  const values = new Float32Array(grey.length)
  for (let i = 0; i < values.length; i++) values[i] = curve[grey[i] ?? 0] ?? 0
  return values
}

/** Index reflected at the edges, the edge pixel repeated once; valid for shifts of less than one side. */
function mirrored(index: number, side: number): number {
  const once = index < 0 ? -1 - index : index
  const twice = once >= side ? 2 * side - 1 - once : once
  return twice < 0 ? 0 : twice
}
