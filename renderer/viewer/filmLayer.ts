import type { FilmHeader, Voi } from '../../contract'
import type { DrawTarget, Layer } from './layer'
import { levelFor, type Pyramid } from './pyramid'
import { filmLookup, type Lookup } from './voi'

/** While the user drags, a level may be this many screen pixels a pixel coarser than the sharpest useful one. */
const COARSE_WHILE_MOVING = 1.5

/**
 * Draws the visible part of the film from the pyramid level that fits the zoom. Window and level are a table over the
 * stored values, so a changed window costs one pass over the pixels on screen, whatever the film's size.
 */
export class FilmLayer implements Layer {
  private lookup: { readonly table: Lookup; readonly voi: Voi; readonly invert: boolean } | null = null
  private readonly scratch = document.createElement('canvas')
  private image: ImageData | null = null
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
    const x0 = Math.max(0, Math.floor(visible.x / factor))
    const y0 = Math.max(0, Math.floor(visible.y / factor))
    const width = Math.min(level.width, Math.ceil((visible.x + visible.width) / factor) + 1) - x0
    const height = Math.min(level.height, Math.ceil((visible.y + visible.height) / factor) + 1) - y0
    if (width <= 0 || height <= 0) return
    const words = this.words(width, height)
    const { first, words: table } = this.currentLookup()
    const { pixels } = level
    for (let y = 0, to = 0; y < height; y++) {
      const start = (y0 + y) * level.width + x0
      for (let from = start; from < start + width; from++)
        words[to++] = table[(pixels[from] as number) - first] as number
    }
    const context2 = this.scratch.getContext('2d')
    if (!context2 || !this.image) return
    context2.putImageData(this.image, 0, 0)
    context.imageSmoothingEnabled = this.smooth || scale * factor < 1
    context.imageSmoothingQuality = 'low'
    context.drawImage(this.scratch, 0, 0, width, height, x0 * factor, y0 * factor, width * factor, height * factor)
  }

  private currentLookup(): Lookup {
    if (!this.lookup || this.lookup.voi !== this.voi || this.lookup.invert !== this.invert) {
      const table = filmLookup(this.header, this.voi, this.invert)
      this.lookup = { table, voi: this.voi, invert: this.invert }
    }
    return this.lookup.table
  }

  private words(width: number, height: number): Uint32Array {
    if (!this.image || this.image.width !== width || this.image.height !== height) {
      this.image = new ImageData(width, height)
      this.scratch.width = width
      this.scratch.height = height
    }
    return new Uint32Array(this.image.data.buffer)
  }
}
