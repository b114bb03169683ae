import { ticks } from 'd3-array'
import type { CaseReport, CurvePoint } from '../../domain/report'
import { svg, svgText } from './svg'
import { COLOUR } from './theme'

const HEIGHT = 150
const FRAME = { left: 34, right: 10, top: 8, bottom: 30 } as const

/** The way as a curve: share of the film's bits across, probability of the finding up, threshold dashed. */
export function curveSvg(curve: CaseReport['curve'], width: number): string {
  const highest = Math.max(1, ...curve.points.map(({ bitsLeft }) => bitsLeft))
  const lowest = Math.min(0, ...curve.points.map(({ bitsLeft }) => bitsLeft))
  const inner = { width: width - FRAME.left - FRAME.right, height: HEIGHT - FRAME.top - FRAME.bottom }
  const x = (share: number) => round(FRAME.left + ((share - lowest) / (highest - lowest)) * inner.width)
  const y = (probability: number) => round(FRAME.top + (1 - probability) * inner.height)
  const place = { x, y, left: FRAME.left, right: width - FRAME.right, bottom: HEIGHT - FRAME.bottom }
  return svg(width, HEIGHT, [
    ...axes(place, ticks(lowest, highest, 6)),
    ...threshold(place, curve.threshold),
    ...way(place, curve.points),
    ...film(place, curve.film),
    ...chosen(place, curve.chosen),
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

function threshold({ y, left, right }: Place, value: number): string[] {
  return [
    line([left, y(value)], [right, y(value)], `stroke="${COLOUR.ink}" stroke-width="0.7" stroke-dasharray="4 3"`),
    svgText('threshold', { x: left + 3, y: y(value) - 2.5 }, { size: 6 }),
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

function film({ x, y }: Place, { bitsLeft, probability }: CurvePoint): string[] {
  const at = { x: x(bitsLeft), y: y(probability) }
  return [
    `<rect x="${at.x - 3}" y="${at.y - 3}" width="6" height="6" fill="${COLOUR.ink}"/>`,
    label('film', at, COLOUR.ink),
  ]
}

function chosen({ x, y }: Place, { bitsLeft, probability, kept }: CurvePoint): string[] {
  const colour = kept ? COLOUR.kept : COLOUR.lost
  const at = { x: x(bitsLeft), y: y(probability) }
  return [
    `<circle cx="${at.x}" cy="${at.y}" r="4.6" fill="#ffffff" fill-opacity="0.6" stroke="${colour}" stroke-width="1.6"/>`,
    `<circle cx="${at.x}" cy="${at.y}" r="1.8" fill="${colour}"/>`,
    label('simplified', at, colour),
  ]
}

/** Above its point, below where there is no room; kept inside the frame at the right end. */
function label(text: string, at: { x: number; y: number }, colour: string): string {
  const y = at.y < FRAME.top + 14 ? at.y + 13 : at.y - 8
  return svgText(text, { x: at.x, y }, { anchor: text === 'film' ? 'end' : 'middle', colour, bold: true })
}
