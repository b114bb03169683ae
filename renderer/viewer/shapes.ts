import type { Measurement } from '../../contract'
import type { FilmPoint } from './geometry'

/** A measurement as it is drawn, in screen pixels; one description for the overlay, for key images and for what a click hits. */
export interface Shape {
  readonly id: number
  readonly lines: readonly (readonly [FilmPoint, FilmPoint])[]
  readonly box: { readonly kind: 'rectangle' | 'ellipse'; readonly centre: FilmPoint; readonly reach: FilmPoint } | null
  readonly dots: readonly FilmPoint[]
  readonly labelAt: FilmPoint
  /** In lines. */
  readonly label: string
}

/** Draws a measurement, finished or half made (then with fewer points), where `project` puts its places. */
export function shapeOf(
  { id, kind, points }: Pick<Measurement, 'id' | 'kind' | 'points'>,
  label: string,
  project: (point: FilmPoint) => FilmPoint,
): Shape {
  const dots = points.map(project)
  const start = dots[0] ?? { x: 0, y: 0 }
  const end = dots.at(-1) ?? start
  if (kind === 'rectangle' || kind === 'ellipse') {
    const centre = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }
    const reach = { x: Math.abs(end.x - start.x) / 2, y: Math.abs(end.y - start.y) / 2 }
    const labelAt = { x: centre.x - reach.x, y: centre.y + reach.y + 16 }
    return { id, lines: [], box: { kind, centre, reach }, dots: [start, end], labelAt, label }
  }
  const lines = dots.slice(1).map((dot, i): [FilmPoint, FilmPoint] => [dots[i] ?? start, dot])
  const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }
  const labelled = kind === 'angle' ? (dots[1] ?? middle) : middle
  return { id, lines, box: null, dots, labelAt: { x: labelled.x + 8, y: labelled.y - 8 }, label }
}

/** From one line of a label to the next, in screen pixels. */
export const LABEL_LINE = 17

/** Where a label of so many pixels a letter begins, so that it stays on the canvas. */
export function labelStart({ label, labelAt }: Shape, width: number, perLetter: number): FilmPoint {
  const longest = Math.max(...label.split('\n').map((line) => line.length))
  return { x: Math.max(4, Math.min(labelAt.x, width - longest * perLetter - 4)), y: Math.max(14, labelAt.y) }
}

/** How far a point on screen is from what is drawn, in screen pixels. */
export function distanceTo({ lines, box, dots }: Shape, point: FilmPoint): number {
  const away = [
    ...lines.map(([from, to]) => distanceToLine(point, from, to)),
    ...dots.map((dot) => Math.hypot(point.x - dot.x, point.y - dot.y)),
    ...(box ? [distanceToBox(box, point)] : []),
  ]
  return Math.min(...away)
}

function distanceToLine(point: FilmPoint, from: FilmPoint, to: FilmPoint): number {
  const along = { x: to.x - from.x, y: to.y - from.y }
  const squared = along.x ** 2 + along.y ** 2
  const share = squared === 0 ? 0 : ((point.x - from.x) * along.x + (point.y - from.y) * along.y) / squared
  const t = Math.min(1, Math.max(0, share))
  return Math.hypot(point.x - from.x - t * along.x, point.y - from.y - t * along.y)
}

/** To the outline; of the ellipse along the ray from its centre, which is near enough for a click. */
function distanceToBox({ kind, centre, reach }: NonNullable<Shape['box']>, point: FilmPoint): number {
  const dx = point.x - centre.x
  const dy = point.y - centre.y
  if (kind === 'ellipse') {
    const radius = Math.hypot(dx / (reach.x || 1), dy / (reach.y || 1))
    return radius === 0 ? Math.min(reach.x, reach.y) : Math.abs(1 - 1 / radius) * Math.hypot(dx, dy)
  }
  const outX = Math.abs(dx) - reach.x
  const outY = Math.abs(dy) - reach.y
  return outX <= 0 && outY <= 0 ? Math.min(-outX, -outY) : Math.hypot(Math.max(outX, 0), Math.max(outY, 0))
}

const COLOUR = '#ffe08a'

/** Draws shapes as the overlay does, on a picture that is kept. */
export function paintShapes(context: CanvasRenderingContext2D, shapes: readonly Shape[]): void {
  context.lineWidth = 2
  context.font = '500 15px Inter, sans-serif'
  for (const shape of shapes) {
    const { lines, box, dots, label } = shape
    const at = labelStart(shape, context.canvas.width, 8.3)
    context.strokeStyle = COLOUR
    context.fillStyle = COLOUR
    context.beginPath()
    for (const [from, to] of lines) {
      context.moveTo(from.x, from.y)
      context.lineTo(to.x, to.y)
    }
    if (box?.kind === 'rectangle')
      context.rect(box.centre.x - box.reach.x, box.centre.y - box.reach.y, 2 * box.reach.x, 2 * box.reach.y)
    if (box?.kind === 'ellipse')
      context.ellipse(box.centre.x, box.centre.y, box.reach.x, box.reach.y, 0, 0, 2 * Math.PI)
    context.stroke()
    for (const dot of box ? [] : dots) {
      context.beginPath()
      context.arc(dot.x, dot.y, 3, 0, 2 * Math.PI)
      context.fill()
    }
    context.strokeStyle = 'rgba(0, 0, 0, 0.8)'
    for (const [i, line] of label.split('\n').entries()) {
      context.strokeText(line, at.x, at.y + i * LABEL_LINE)
      context.fillText(line, at.x, at.y + i * LABEL_LINE)
    }
  }
}
