import type { FilmPoint, Size } from './geometry'

/** Where and how a layer draws; the context is already in film pixels (cornerstone's pixel coordinate system). */
export interface DrawTarget {
  readonly context: CanvasRenderingContext2D
  /** Screen pixels a film pixel takes (the smaller of the two directions). */
  readonly scale: number
  /** The part of the film plane on screen, in film pixels; may reach beyond the film. */
  readonly visible: FilmPoint & Size
  /** True while the user drags: speed before the last bit of sharpness. */
  readonly moving: boolean
}

/** One thing in a viewport's stack: the film, the model's picture or a bit map. */
export interface Layer {
  draw(target: DrawTarget): void
}
