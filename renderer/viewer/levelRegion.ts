import type { FilmPoint, Size } from './geometry'

/** A rectangle of whole pixels of one pyramid level. */
export type LevelRegion = FilmPoint & Size

/** How much wider than the screen a region is made that may be used again: pans stay within it for a while. */
const MARGIN = 0.25

/** The pixels of a level that a part of the film plane touches; empty (0 × 0) where it lies beside the film. */
export function regionOn(level: Size & { readonly factor: number }, part: FilmPoint & Size): LevelRegion {
  const x = Math.max(0, Math.floor(part.x / level.factor))
  const y = Math.max(0, Math.floor(part.y / level.factor))
  const width = Math.min(level.width, Math.ceil((part.x + part.width) / level.factor) + 1) - x
  const height = Math.min(level.height, Math.ceil((part.y + part.height) / level.factor) + 1) - y
  return width > 0 && height > 0 ? { x, y, width, height } : { x: 0, y: 0, width: 0, height: 0 }
}

/** The region with a margin on every side, as far as the level reaches. */
export function withMargin(region: LevelRegion, level: Size): LevelRegion {
  const across = Math.ceil(region.width * MARGIN)
  const down = Math.ceil(region.height * MARGIN)
  const x = Math.max(0, region.x - across)
  const y = Math.max(0, region.y - down)
  return {
    x,
    y,
    width: Math.min(level.width, region.x + region.width + across) - x,
    height: Math.min(level.height, region.y + region.height + down) - y,
  }
}

export const holds = (outer: LevelRegion, inner: LevelRegion): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height
