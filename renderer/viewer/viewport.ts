import cornerstone, { type CornerstoneImage, type EnabledElement } from 'cornerstone-core'
import { recordFrame } from './frameTimes'
import { fittedView, screenScale, toFilm, type FilmGeometry, type Projection, type Size, type View } from './geometry'
import type { Layer } from './layer'

/**
 * One cornerstone viewport. All viewports of a case show one image plane, the film's grid, whatever lies on it: the same
 * cornerstone scale and translation then mean the same place, and linked zoom, pan and cross-hair need no conversion.
 */
export class LinkedViewport {
  private layers: readonly Layer[] = []
  private view: View
  private moving = false
  private size: Size

  constructor(
    private readonly element: HTMLElement,
    private readonly geometry: FilmGeometry,
    private readonly name: string,
  ) {
    this.view = fittedView(geometry)
    this.size = this.measure()
    cornerstone.enable(element)
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
    this.applyView()
  }

  projection(): Projection {
    return { film: this.geometry, view: this.view, canvas: this.size }
  }

  destroy(): void {
    this.element.removeEventListener(cornerstone.EVENTS.IMAGE_RENDERED, this.rendered)
    cornerstone.disable(this.element)
    this.layers = []
  }

  private readonly rendered = () => recordFrame(this.name)

  /** Read only when the element may have changed: asking the browser costs a layout. */
  private measure(): Size {
    return { width: Math.max(1, this.element.clientWidth), height: Math.max(1, this.element.clientHeight) }
  }

  private applyView(): void {
    const { film, canvas } = this.projection()
    const { width, height } = film
    cornerstone.setViewport(this.element, {
      scale: screenScale(film, this.view, canvas).smaller,
      translation: { x: width / 2 - this.view.centre.x, y: height / 2 - this.view.centre.y },
    })
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
    if (!context) return
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.fillStyle = '#000'
    context.fillRect(0, 0, enabled.canvas.width, enabled.canvas.height)
    cornerstone.setToPixelCoordinateSystem(enabled, context)
    const projection = this.projection()
    const corner = toFilm(projection, { x: 0, y: 0 })
    const far = toFilm(projection, { x: projection.canvas.width, y: projection.canvas.height })
    const visible = { ...corner, width: far.x - corner.x, height: far.y - corner.y }
    for (const layer of this.layers) {
      layer.draw({ context, scale: enabled.viewport.scale, visible, moving: this.moving })
    }
  }
}
