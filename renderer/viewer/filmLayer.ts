import type { FilmHeader, Voi } from '../../contract'
import type { DrawTarget, Layer } from './layer'
import { holds, regionOn, withMargin, type LevelRegion } from './levelRegion'
import { levelFor, type Pyramid, type PyramidLevel } from './pyramid'
import { filmLookup, type Lookup } from './voi'

/** While the user drags, a level may be this many screen pixels a pixel coarser than the sharpest useful one. */
const COARSE_WHILE_MOVING = 1.5

/** What the scratch canvas holds: a region of a level, seen through a table. */
interface Held {
  readonly level: PyramidLevel
  readonly table: Lookup
  readonly region: LevelRegion
}

/**
 * Draws the visible part of the film from the pyramid level that fits the zoom. Window and level are a table over the
 * stored values, so a changed window costs one pass over the pixels on screen, whatever the film's size; a pan or a zoom
 * costs none as long as what was made for the last frame still covers the screen.
 */
export class FilmLayer implements Layer {
  private lookup: { readonly table: Lookup; readonly voi: Voi; readonly invert: boolean } | null = null
  private readonly scratch = document.createElement('canvas')
  private image: ImageData | null = null
  private held: Held | null = null
  voi: Voi
  invert = false
  smooth = true

  constructor(
    private readonly header: FilmHeader,
    private readonly pyramid: Pyramid,
    voi: Voi,
  ) {
    this.voi = voi
  }

  draw({ context, scale, visible, moving }: DrawTarget): void {
    const level = levelFor(this.pyramid, scale, moving ? COARSE_WHILE_MOVING : 1)
    const { factor } = level
    const wanted = regionOn(level, visible)
    if (wanted.width === 0) return
    const { region } = this.hold(level, wanted)
    const { x, y, width, height } = wanted
    context.imageSmoothingEnabled = this.smooth || scale * factor < 1
    context.imageSmoothingQuality = 'low'
    context.drawImage(
      this.scratch,
      ...([x - region.x, y - region.y, width, height] as const),
      ...([x * factor, y * factor, width * factor, height * factor] as const),
    )
  }

  /** Sees to it that the scratch canvas holds at least this region as the window shows it now. */
  private hold(level: PyramidLevel, wanted: LevelRegion): Held {
    const table = this.currentLookup()
    const { held } = this
    if (held?.level === level && held.table === table && holds(held.region, wanted)) return held
    // A window that is being dragged changes with every frame: what it does not show now would be made in vain.
    const region = held?.table === table ? withMargin(wanted, level) : wanted
    this.fill(level, table, region)
    this.held = { level, table, region }
    return this.held
  }

  private fill(level: PyramidLevel, { first, words: table }: Lookup, { x, y, width, height }: LevelRegion): void {
    if (!this.image || this.image.width !== width || this.image.height !== height) {
      this.image = new ImageData(width, height)
      this.scratch.width = width
      this.scratch.height = height
    }
    const words = new Uint32Array(this.image.data.buffer)
    const { pixels } = level
    for (let row = 0, to = 0; row < height; row++) {
      const start = (y + row) * level.width + x
      for (let from = start; from < start + width; from++)
        words[to++] = table[(pixels[from] as number) - first] as number
    }
    this.scratch.getContext('2d')?.putImageData(this.image, 0, 0)
  }

  private currentLookup(): Lookup {
    if (!this.lookup || this.lookup.voi !== this.voi || this.lookup.invert !== this.invert) {
      const table = filmLookup(this.header, this.voi, this.invert)
      this.lookup = { table, voi: this.voi, invert: this.invert }
    }
    return this.lookup.table
  }
}
