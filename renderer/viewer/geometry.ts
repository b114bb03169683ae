import type { FilmHeader, ModelInputRecord } from '../../contract'
import { MODEL_SIZE } from '../../contract/shared'
import { turnVector, unturnVector, UPRIGHT, type Turn } from './turn'

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
  readonly turn: Turn
}

const MIN_ZOOM = 0.5
const MAX_ZOOM = 64

export const geometryOf = (header: FilmHeader, record: ModelInputRecord): FilmGeometry => ({
  width: header.width,
  height: header.height,
  pixelAspect: header.pixelAspect,
  box: record.box,
})

export const fittedView = (film: Size, turn: Turn = UPRIGHT): View => ({
  zoom: 1,
  centre: { x: film.width / 2, y: film.height / 2 },
  turn,
})

/** Screen pixels a film pixel takes along a row and down a column of the film; `smaller` of the two. */
export function screenScale(film: FilmGeometry, view: View, canvas: Size): { x: number; y: number; smaller: number } {
  const stretchX = Math.max(1, 1 / film.pixelAspect)
  const stretchY = Math.max(1, film.pixelAspect)
  const shape = { width: film.width * stretchX, height: film.height * stretchY }
  const lying = view.turn.quarters % 2 === 1
  const [across, down] = lying ? [shape.height, shape.width] : [shape.width, shape.height]
  const smaller = Math.min(canvas.width / across, canvas.height / down) * view.zoom
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
  const away = unturnVector(view.turn, { x: point.x - canvas.width / 2, y: point.y - canvas.height / 2 })
  return { x: view.centre.x + away.x / scale.x, y: view.centre.y + away.y / scale.y }
}

export function toCanvas({ film, view, canvas }: Projection, point: FilmPoint): FilmPoint {
  const scale = screenScale(film, view, canvas)
  const away = turnVector(view.turn, {
    x: (point.x - view.centre.x) * scale.x,
    y: (point.y - view.centre.y) * scale.y,
  })
  return { x: canvas.width / 2 + away.x, y: canvas.height / 2 + away.y }
}

/** The same projection as a canvas takes it: [a, b, c, d, e, f] of x' = a·x + c·y + e, y' = b·x + d·y + f. */
export function matrixOf(projection: Projection): [number, number, number, number, number, number] {
  const origin = toCanvas(projection, { x: 0, y: 0 })
  const right = toCanvas(projection, { x: 1, y: 0 })
  const down = toCanvas(projection, { x: 0, y: 1 })
  return [right.x - origin.x, right.y - origin.y, down.x - origin.x, down.y - origin.y, origin.x, origin.y]
}

/** The part of the film plane on screen, in film pixels; may reach beyond the film. */
export function visiblePart(projection: Projection): FilmPoint & Size {
  const { canvas } = projection
  return rectangleBetween(toFilm(projection, { x: 0, y: 0 }), toFilm(projection, { x: canvas.width, y: canvas.height }))
}

/** The rectangle with these two opposite corners, whichever they are: a turn or a flip changes which lies upper left. */
export function rectangleBetween(one: FilmPoint, other: FilmPoint): FilmPoint & Size {
  return {
    x: Math.min(one.x, other.x),
    y: Math.min(one.y, other.y),
    width: Math.abs(other.x - one.x),
    height: Math.abs(other.y - one.y),
  }
}

/** The view of a smaller canvas that shows the surroundings of a place so many times larger than a projection does. */
export function magnified({ film, view, canvas }: Projection, at: FilmPoint, lens: Size & { factor: number }): View {
  const now = screenScale(film, view, canvas).smaller
  const fitted = screenScale(film, { ...view, zoom: 1 }, lens).smaller
  return { ...view, centre: at, zoom: (lens.factor * now) / fitted }
}

/** Zooms by a factor, as far as the limits of the zoom let it, around the middle of the canvas. */
export const zoomed = (view: View, factor: number): View => ({
  ...view,
  zoom: Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, view.zoom * factor)),
})

/** Zooms by a factor with the film point under the cursor kept where it is. */
export function zoomAt(projection: Projection, cursor: FilmPoint, factor: number): View {
  const { view } = projection
  const next = zoomed(view, factor)
  const held = toFilm(projection, cursor)
  const shrink = view.zoom / next.zoom
  return {
    ...next,
    centre: {
      x: held.x + (view.centre.x - held.x) * shrink,
      y: held.y + (view.centre.y - held.y) * shrink,
    },
  }
}

/** Moves the film by so many screen pixels; its centre never leaves the film. */
export function panBy(projection: Projection, dx: number, dy: number): View {
  const { film, view, canvas } = projection
  const centre = toFilm(projection, { x: canvas.width / 2 - dx, y: canvas.height / 2 - dy })
  const within = (value: number, most: number) => Math.min(most, Math.max(0, value))
  return { ...view, centre: { x: within(centre.x, film.width), y: within(centre.y, film.height) } }
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
  return { x: -box.x * perX, y: -box.y * perY, width: MODEL_SIZE * perX, height: MODEL_SIZE * perY }
}

/** Index into a row-major grid for a point, or null outside of it. */
export function indexAt(grid: Size, point: FilmPoint): number | null {
  const column = Math.floor(point.x)
  const row = Math.floor(point.y)
  if (column < 0 || row < 0 || column >= grid.width || row >= grid.height) return null
  return row * grid.width + column
}

/** The view of another film at which the same share of it is on screen, around the same share of its sides. */
export function linkedView(view: View, from: Size, to: Size): View {
  const { x, y } = view.centre
  return { ...view, centre: { x: (x / from.width) * to.width, y: (y / from.height) * to.height } }
}
