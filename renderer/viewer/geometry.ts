import type { FilmHeader, ModelInputRecord } from '../../contract'

/** Side length of the model's picture; the contract's MODEL_SIZE, repeated because the window imports only types. */
export const MODEL_SIDE = 128

/** A place on the film in film pixels: x to the right, y down, (0, 0) the outer corner of the first pixel. */
export interface FilmPoint {
  readonly x: number
  readonly y: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** What all three viewports share: the film's grid, the shape of its pixels and where it lies in the model's square. */
export interface FilmGeometry extends Size {
  /** Height of a pixel divided by its width. */
  readonly pixelAspect: number
  readonly box: ModelInputRecord['box']
}

/** Zoom 1 shows the whole film; `centre` is the film point in the middle of the canvas. */
export interface View {
  readonly zoom: number
  readonly centre: FilmPoint
}

export const MIN_ZOOM = 0.5
export const MAX_ZOOM = 64

export const geometryOf = (header: FilmHeader, record: ModelInputRecord): FilmGeometry => ({
  width: header.width,
  height: header.height,
  pixelAspect: header.pixelAspect,
  box: record.box,
})

export const fittedView = (film: Size): View => ({ zoom: 1, centre: { x: film.width / 2, y: film.height / 2 } })

/** Screen pixels a film pixel takes across and down; the smaller of the two is cornerstone's `scale`. */
export function screenScale(film: FilmGeometry, view: View, canvas: Size): { x: number; y: number; smaller: number } {
  const stretchX = Math.max(1, 1 / film.pixelAspect)
  const stretchY = Math.max(1, film.pixelAspect)
  const fit = Math.min(canvas.width / (film.width * stretchX), canvas.height / (film.height * stretchY))
  const smaller = fit * view.zoom
  return { x: smaller * stretchX, y: smaller * stretchY, smaller }
}

/** A viewport's place and size on the film, for turning screen points into film points and back. */
export interface Projection {
  readonly film: FilmGeometry
  readonly view: View
  readonly canvas: Size
}

export function toFilm({ film, view, canvas }: Projection, point: FilmPoint): FilmPoint {
  const scale = screenScale(film, view, canvas)
  return {
    x: view.centre.x + (point.x - canvas.width / 2) / scale.x,
    y: view.centre.y + (point.y - canvas.height / 2) / scale.y,
  }
}

export function toCanvas({ film, view, canvas }: Projection, point: FilmPoint): FilmPoint {
  const scale = screenScale(film, view, canvas)
  return {
    x: canvas.width / 2 + (point.x - view.centre.x) * scale.x,
    y: canvas.height / 2 + (point.y - view.centre.y) * scale.y,
  }
}

/** Zooms by a factor with the film point under the cursor kept where it is. */
export function zoomAt(projection: Projection, cursor: FilmPoint, factor: number): View {
  const { view } = projection
  const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, view.zoom * factor))
  const held = toFilm(projection, cursor)
  const shrink = view.zoom / zoom
  return {
    zoom,
    centre: {
      x: held.x + (view.centre.x - held.x) * shrink,
      y: held.y + (view.centre.y - held.y) * shrink,
    },
  }
}

/** Moves the film by so many screen pixels; its centre never leaves the film. */
export function panBy(projection: Projection, dx: number, dy: number): View {
  const { film, view, canvas } = projection
  const scale = screenScale(film, view, canvas)
  return {
    zoom: view.zoom,
    centre: {
      x: Math.min(film.width, Math.max(0, view.centre.x - dx / scale.x)),
      y: Math.min(film.height, Math.max(0, view.centre.y - dy / scale.y)),
    },
  }
}

/** Film pixels → model pixels, through the letterbox. */
export const filmToModel = ({ width, height, box }: FilmGeometry, point: FilmPoint): FilmPoint => ({
  x: box.x + (point.x / width) * box.width,
  y: box.y + (point.y / height) * box.height,
})

/** Model pixels → film pixels, back through the letterbox. */
export const modelToFilm = ({ width, height, box }: FilmGeometry, point: FilmPoint): FilmPoint => ({
  x: ((point.x - box.x) / box.width) * width,
  y: ((point.y - box.y) / box.height) * height,
})

/** The rectangle, in film pixels, that the model's whole square covers (beyond the film where it was letterboxed). */
export function modelSquareOnFilm({ width, height, box }: FilmGeometry): FilmPoint & Size {
  const perX = width / box.width
  const perY = height / box.height
  return { x: -box.x * perX, y: -box.y * perY, width: MODEL_SIDE * perX, height: MODEL_SIDE * perY }
}

/** Index into a row-major grid for a point, or null outside of it. */
export function indexAt(grid: Size, point: FilmPoint): number | null {
  const column = Math.floor(point.x)
  const row = Math.floor(point.y)
  if (column < 0 || row < 0 || column >= grid.width || row >= grid.height) return null
  return row * grid.width + column
}
