import { MODEL_SIZE } from '../../contract/shared'
import { modelSquareOnFilm, type FilmGeometry } from './geometry'
import type { DrawTarget, Layer } from './layer'

/** Draws a 128 × 128 grid of colours where it lies on the film: smoothly enlarged, or with its true pixels. */
export class GridLayer implements Layer {
  private readonly canvas = document.createElement('canvas')
  smooth = true
  opacity = 1

  constructor(private readonly geometry: FilmGeometry) {
    this.canvas.width = MODEL_SIZE
    this.canvas.height = MODEL_SIZE
  }

  /** Fills the grid from RGBA words, row-major. */
  fill(wordAt: (index: number) => number): void {
    const image = new ImageData(MODEL_SIZE, MODEL_SIZE)
    const words = new Uint32Array(image.data.buffer)
    for (let i = 0; i < words.length; i++) words[i] = wordAt(i)
    this.canvas.getContext('2d')?.putImageData(image, 0, 0)
  }

  draw({ context, moving }: DrawTarget): void {
    const square = modelSquareOnFilm(this.geometry)
    context.imageSmoothingEnabled = this.smooth
    context.imageSmoothingQuality = moving ? 'low' : 'high'
    context.globalAlpha = this.opacity
    context.drawImage(this.canvas, square.x, square.y, square.width, square.height)
    context.globalAlpha = 1
  }
}
