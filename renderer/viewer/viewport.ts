import cornerstone, { type CornerstoneImage, type EnabledElement } from 'cornerstone-core'
import { recordFrame } from './frameTimes'
import {
  fittedView,
  matrixOf,
  screenScale,
  visiblePart,
  type FilmGeometry,
  type Projection,
  type Size,
  type View,
} from './geometry'
import type { Layer } from './layer'

/**
 * One cornerstone viewport. All viewports of a case show one image plane, the film's grid, whatever lies on it: the same
 * view then means the same place, and linked zoom, pan, turn and cross-hair need no conversion. Cornerstone keeps canvas
 * and frames; where the plane lies on the canvas is geometry.ts alone, for pictures, overlays and mouse alike.
 */
export class LinkedViewport {
  private layers: readonly Layer[] = []
  private view: View
  private moving = false
  private size: Size
  private screen = screenNow()

  constructor(
    private readonly element: HTMLElement,
    private readonly geometry: FilmGeometry,
    private readonly name: string,
  ) {
    this.view = fittedView(geometry)
    this.size = this.measure()
    cornerstone.enable(element)
    this.sharpen()
    this.screen.addEventListener('change', this.moved)
    element.addEventListener(cornerstone.EVENTS.IMAGE_RENDERED, this.rendered)
    cornerstone.displayImage(element, this.plane())
    this.applyView()
  }

  show(layers: readonly Layer[]): void {
    this.layers = layers
    cornerstone.updateImage(this.element)
  }

  look(view: View): void {
    this.view = view
    this.applyView()
  }

  /** Tells whether a drag is on; its end draws once more at full sharpness. */
  setMoving(moving: boolean): void {
    if (this.moving === moving) return
    this.moving = moving
    cornerstone.updateImage(this.element)
  }

  resize(): void {
    cornerstone.resize(this.element, false)
    this.size = this.measure()
    this.sharpen()
    this.applyView()
  }

  projection(): Projection {
    return { film: this.geometry, view: this.view, canvas: this.size }
  }

  /** Calls back after each drawn frame; returns the unsubscriber. */
  onRendered(listener: () => void): () => void {
    this.element.addEventListener(cornerstone.EVENTS.IMAGE_RENDERED, listener)
    return () => this.element.removeEventListener(cornerstone.EVENTS.IMAGE_RENDERED, listener)
  }

  destroy(): void {
    this.element.removeEventListener(cornerstone.EVENTS.IMAGE_RENDERED, this.rendered)
    this.screen.removeEventListener('change', this.moved)
    cornerstone.disable(this.element)
    this.layers = []
  }

  /** Cornerstone makes a canvas of one pixel a CSS pixel; a dense screen has more, and the film is to use them. */
  private sharpen(): void {
    const canvas = this.element.querySelector('canvas')
    if (!canvas) return
    const width = Math.round(this.size.width * window.devicePixelRatio)
    const height = Math.round(this.size.height * window.devicePixelRatio)
    if (canvas.width !== width) canvas.width = width
    if (canvas.height !== height) canvas.height = height
  }

  /** The window came to a screen of another density. */
  private readonly moved = () => {
    this.screen.removeEventListener('change', this.moved)
    this.screen = screenNow()
    this.screen.addEventListener('change', this.moved)
    this.resize()
  }

  private readonly rendered = () => recordFrame(this.name)

  /** Read only when the element may have changed: asking the browser costs a layout. */
  private measure(): Size {
    return { width: Math.max(1, this.element.clientWidth), height: Math.max(1, this.element.clientHeight) }
  }

  /** Draws the same layers anywhere else: a magnifier, a key image. Always at full sharpness. */
  paint(context: CanvasRenderingContext2D, view: View, canvas: Size): void {
    const projection = { film: this.geometry, view, canvas }
    paintLayers(context, projection, { layers: this.layers, moving: false })
  }

  private applyView(): void {
    cornerstone.updateImage(this.element)
  }

  private plane(): CornerstoneImage {
    const { width, height, pixelAspect } = this.geometry
    return {
      imageId: `plane:${this.name}`,
      minPixelValue: 0,
      maxPixelValue: 255,
      slope: 1,
      intercept: 0,
      windowCenter: 128,
      windowWidth: 256,
      rows: height,
      columns: width,
      height,
      width,
      color: false,
      invert: false,
      // Only their ratio counts for drawing; millimetres are handled by the length tool.
      rowPixelSpacing: pixelAspect,
      columnPixelSpacing: 1,
      sizeInBytes: 0,
      getPixelData: () => [],
      render: (enabled) => this.draw(enabled),
    }
  }

  private draw(enabled: EnabledElement): void {
    const context = enabled.canvas.getContext('2d', { alpha: false })
    if (context) paintLayers(context, this.projection(), { layers: this.layers, moving: this.moving })
  }
}

/** Changes when the window comes to a screen of another density. */
const screenNow = () => window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)

/** Draws on the whole of a canvas, which may have more pixels than the projection's screen pixels. */
function paintLayers(
  context: CanvasRenderingContext2D,
  projection: Projection,
  { layers, moving }: { layers: readonly Layer[]; moving: boolean },
): void {
  const { film, view, canvas } = projection
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.fillStyle = '#000'
  context.fillRect(0, 0, context.canvas.width, context.canvas.height)
  const density = context.canvas.width / canvas.width
  context.setTransform(density, 0, 0, density, 0, 0)
  context.transform(...matrixOf(projection))
  const scale = density * screenScale(film, view, canvas).smaller
  const visible = visiblePart(projection)
  for (const layer of layers) layer.draw({ context, scale, visible, moving })
  context.setTransform(1, 0, 0, 1, 0, 0)
}
