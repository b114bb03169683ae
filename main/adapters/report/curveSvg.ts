import { ticks } from 'd3-array'
import type { CaseReport, CurvePoint } from '../../domain/report'
import { svg, svgText } from './svg'
import { COLOUR } from './theme'

const HEIGHT = 134
/** Room left of the cheapest picture, as a share of the axis. */
const MARGIN = 0.04
const FRAME = { left: 34, right: 10, top: 8, bottom: 30 } as const

/** The way as a curve: share of the film's bits across, probability of the finding up, threshold dashed. */
export function curveSvg(curve: CaseReport['curve'], width: number): string {
  const shares = [1, curve.flat, ...curve.points.map(({ bitsLeft }) => bitsLeft)]
  const highest = Math.max(...shares)
  const lowest = Math.min(...shares) - MARGIN * (highest - Math.min(...shares))
  const inner = { width: width - FRAME.left - FRAME.right, height: HEIGHT - FRAME.top - FRAME.bottom }
  const x = (share: number) => round(FRAME.left + ((share - lowest) / (highest - lowest)) * inner.width)
  const y = (probability: number) => round(FRAME.top + (1 - probability) * inner.height)
  const place = { x, y, left: FRAME.left, right: width - FRAME.right, bottom: HEIGHT - FRAME.bottom }
  return svg(width, HEIGHT, [
    ...axes(place, ticks(lowest, highest, 6)),
    ...threshold(place, curve),
    ...flat(place, curve.flat),
    ...way(place, curve.points),
    ...film(place, curve),
    ...chosen(place, curve),
  ])
}

interface Place {
  readonly x: (share: number) => number
  readonly y: (probability: number) => number
  readonly left: number
  readonly right: number
  readonly bottom: number
}

const round = (value: number) => Math.round(value * 100) / 100
const line = (from: [number, number], to: [number, number], style: string) =>
  `<line x1="${from[0]}" y1="${from[1]}" x2="${to[0]}" y2="${to[1]}" ${style}/>`

function axes(place: Place, shares: readonly number[]): string[] {
  const { x, y, left, right, bottom } = place
  const rows = [0, 0.25, 0.5, 0.75, 1].map(
    (p) =>
      line([left, y(p)], [right, y(p)], `stroke="${COLOUR.rule}" stroke-width="0.5"`) +
      svgText(String(p), { x: left - 5, y: y(p) + 2.2 }, { anchor: 'end' }),
  )
  const columns = shares.map((share) =>
    svgText(`${Math.round(share * 100)} %`, { x: x(share), y: bottom + 10 }, { anchor: 'middle' }),
  )
  const middle = (left + right) / 2
  return [
    ...rows,
    ...columns,
    svgText('bits left, share of the film’s', { x: middle, y: bottom + 22 }, { anchor: 'middle', size: 7 }),
    `<g transform="translate(7 ${round((y(0) + y(1)) / 2)}) rotate(-90)">${svgText('probability of effusion', { x: 0, y: 0 }, { anchor: 'middle', size: 7 })}</g>`,
  ]
}

function threshold({ x, y, left, right }: Place, curve: CaseReport['curve']): string[] {
  const { threshold: value } = curve
  return [
    line([left, y(value)], [right, y(value)], `stroke="${COLOUR.ink}" stroke-width="0.7" stroke-dasharray="4 3"`),
    svgText('threshold', { x: x(curve.flat) + 3, y: y(value) - 2.5 }, { size: 6 }),
  ]
}

function flat({ x, y, bottom }: Place, share: number): string[] {
  return [
    line([x(share), y(1)], [x(share), bottom], `stroke="${COLOUR.muted}" stroke-width="0.6" stroke-dasharray="1.5 2"`),
    svgText('flat picture', { x: x(share) + 3, y: y(1) + 7 }, { size: 6 }),
  ]
}

function way({ x, y }: Place, points: readonly CurvePoint[]): string[] {
  const path = points.map((p, i) => `${i === 0 ? 'M' : 'L'}${x(p.bitsLeft)} ${y(p.probability)}`).join('')
  const dots = points.map(({ bitsLeft, probability, kept }) => {
    const paint = kept ? `fill="${COLOUR.accent}"` : `fill="#ffffff" stroke="${COLOUR.lost}" stroke-width="0.8"`
    return `<circle cx="${x(bitsLeft)}" cy="${y(probability)}" r="1.7" ${paint}/>`
  })
  return [`<path d="${path}" fill="none" stroke="${COLOUR.accent}" stroke-opacity="0.35" stroke-width="0.8"/>`, ...dots]
}

interface Spot {
  readonly x: number
  readonly y: number
}

function film(place: Place, curve: CaseReport['curve']): string[] {
  const at = spotOf(place, curve.film)
  const other = spotOf(place, curve.chosen)
  const crowded = Math.abs(at.x - other.x) < 70 && Math.abs(at.y - other.y) < 24
  const below = crowded ? !isCrossed(place, { at: other, curve }) : isCrossed(place, { at, curve })
  return [
    `<rect x="${at.x - 3}" y="${at.y - 3}" width="6" height="6" fill="${COLOUR.ink}"/>`,
    label({ ...place, text: 'film', at, below, colour: COLOUR.ink }),
  ]
}

function chosen(place: Place, curve: CaseReport['curve']): string[] {
  const colour = curve.chosen.kept ? COLOUR.kept : COLOUR.lost
  const at = spotOf(place, curve.chosen)
  return [
    `<circle cx="${at.x}" cy="${at.y}" r="4.6" fill="#ffffff" fill-opacity="0.6" stroke="${colour}" stroke-width="1.6"/>`,
    `<circle cx="${at.x}" cy="${at.y}" r="1.8" fill="${colour}"/>`,
    label({ ...place, text: 'simplified', at, below: isCrossed(place, { at, curve }), colour }),
  ]
}

/** Whether the line of the threshold would go through the words above a point. */
function isCrossed({ y }: Place, { at, curve }: { at: Spot; curve: CaseReport['curve'] }): boolean {
  const over = at.y - y(curve.threshold)
  return over > 5 && over < 16
}

function spotOf({ x, y }: Place, point: CurvePoint): Spot {
  return { x: x(point.bitsLeft), y: y(point.probability) }
}

/** Above its point (below where there is no room or another label), inside the frame at both ends. */
function label(of: { text: string; at: Spot; below: boolean; colour: string; left: number; right: number }): string {
  const { text, at, below, colour, left, right } = of
  const y = below || at.y < FRAME.top + 14 ? at.y + 13 : at.y - 8
  const anchor = at.x > right - 24 ? 'end' : at.x < left + 24 ? 'start' : 'middle'
  return svgText(text, { x: at.x, y }, { anchor, colour, bold: true })
}
