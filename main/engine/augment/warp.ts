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

/** Draws a shift by whole pixels: nothing is resampled, so that the film keeps its grain. */
export function drawShift(rng: Rng, { shift }: Pick<AugmentSettings, 'shift'>, side: number): Warp {
  const within = () => Math.round((2 * rng.uniform() - 1) * shift * side)
  return { ...IDENTITY_WARP, dx: within(), dy: within() }
}

/**
 * Warps a square grey picture by bilinear sampling at its own size and then averages 2 × 2 pixels: augmenting before the
 * reduction keeps the grain of the film, which a flow would otherwise learn to miss. Beyond the edge the film is mirrored.
 *
 * @param grey levels row-major [side · side]; `side` even
 * @returns grey values row-major [side/2 · side/2], scale 0 … 255, not rounded
 */
export function warpAndHalve(grey: Uint8Array, side: number, warp: Warp): Float32Array {
  return sampled(grey, side, { warp, halvings: 1 })
}

/** The same without the reduction: grey values row-major [side · side]. */
export function warpGrey(grey: Uint8Array, side: number, warp: Warp): Float32Array {
  return sampled(grey, side, { warp, halvings: 0 })
}

function sampled(grey: Uint8Array, side: number, of: { warp: Warp; halvings: 0 | 1 }): Float32Array {
  const { warp, halvings } = of
  const margin = overhang(side, warp)
  const wide = side + 2 * margin
  const values = mirroredAround(grey, side, { margin, gamma: warp.gamma })
  const { a, b, c, d } = warp
  const target = side >> halvings
  const share = 1 / 4 ** halvings
  const middle = (side - 1) / 2
  const result = new Float32Array(target * target)
  for (let y = 0; y < side; y++) {
    const row = (y >> halvings) * target
    let sx = b * (y - middle) + warp.dx + middle - a * middle + margin
    let sy = d * (y - middle) + warp.dy + middle - c * middle + margin
    for (let x = 0; x < side; x++, sx += a, sy += c) {
      const x0 = sx | 0
      const y0 = sy | 0
      const u = sx - x0
      const at = y0 * wide + x0
      const topLeft = values[at] ?? 0
      const bottomLeft = values[at + wide] ?? 0
      const above = topLeft + ((values[at + 1] ?? 0) - topLeft) * u
      const below = bottomLeft + ((values[at + wide + 1] ?? 0) - bottomLeft) * u
      const cell = row + (x >> halvings)
      result[cell] = (result[cell] ?? 0) + (above + (below - above) * (sy - y0)) * share
    }
  }
  return result
}

/** How many pixels beyond its edges a warp reads at most: its corners reach furthest. One side at the most. */
function overhang(side: number, { a, b, c, d, dx, dy }: Warp): number {
  const middle = (side - 1) / 2
  const x = (Math.abs(a) + Math.abs(b)) * middle + Math.abs(dx) - middle
  const y = (Math.abs(c) + Math.abs(d)) * middle + Math.abs(dy) - middle
  const margin = Math.ceil(Math.max(x, y, 0)) + 2
  if (margin > side) throw new RangeError(`a warp may not reach ${margin} pixels beyond a film of ${side}`)
  return margin
}

/** Grey values after the gamma curve, scale 0 … 255, with a mirrored margin all around (the edge pixel repeated). */
function mirroredAround(grey: Uint8Array, side: number, of: { margin: number; gamma: number }): Float32Array {
  const { margin, gamma } = of
  const curve = new Float32Array(256)
  for (let level = 0; level < 256; level++) curve[level] = gamma === 1 ? level : 255 * (level / 255) ** gamma
  const wide = side + 2 * margin
  const values = new Float32Array(wide * wide)
  for (let y = 0; y < side; y++) {
    const row = (y + margin) * wide + margin
    for (let x = 0; x < side; x++) values[row + x] = curve[grey[y * side + x] ?? 0] ?? 0
    for (let k = 0; k < margin; k++) {
      values[row - 1 - k] = values[row + k] ?? 0
      values[row + side + k] = values[row + side - 1 - k] ?? 0
    }
  }
  for (let k = 0; k < margin; k++) {
    values.copyWithin((margin - 1 - k) * wide, (margin + k) * wide, (margin + k + 1) * wide)
    const last = margin + side - 1
    values.copyWithin((last + 1 + k) * wide, (last - k) * wide, (last - k + 1) * wide)
  }
  return values
}
