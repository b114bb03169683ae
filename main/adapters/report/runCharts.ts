import { extent, ticks } from 'd3-array'
import type { TradeOff } from '../../../contract'
import type { RunCurve } from '../../domain/report'
import { svg, svgText } from './svg'
import { COLOUR } from './theme'

const FRAME = { left: 34, right: 8, top: 16, bottom: 24 } as const
/** Room left on both sides of the values, as a share of their range. */
const MARGIN = 0.06

/** A line of its own for each, which print in black tells apart as well. */
const METHODS: Readonly<Record<TradeOff['series'][number]['method'], Method>> = {
  bits: { name: 'bits', colour: COLOUR.accent, sign: 'λ', dashes: 'none' },
  l2: { name: 'squared distance', colour: '#8a4fb0', sign: 'λ', dashes: '6 2' },
  blur: { name: 'blur', colour: '#a15c00', sign: 'σ', dashes: '1.5 1.5' },
  jpeg: { name: 'JPEG', colour: COLOUR.lost, sign: 'q', dashes: '6 2 1.5 2' },
  condensation: { name: 'condensed', colour: COLOUR.accent, sign: 'w', dashes: 'none' },
}

interface Method {
  readonly name: string
  readonly colour: string
  /** What its values are called. */
  readonly sign: string
  readonly dashes: string
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Score against bits, a series a method; the plain classifier's score dashed. */
export function tradeOffSvg({ series, score, reference }: TradeOff, size: Size): string {
  const points = series.flatMap((one) => one.points)
  const place = placeOf(
    points.map(({ bpd }) => bpd),
    [reference, ...points.map(({ simplified }) => simplified)],
    size,
  )
  const level = place.y(reference)
  const lines = series.flatMap(({ method, points: own }, i) => {
    const { colour, name, sign, dashes } = METHODS[method]
    const stroke = `fill="none" stroke="${colour}" stroke-width="0.9" stroke-dasharray="${dashes}"`
    const legend = FRAME.left + 60 + 90 * i
    const path = own.map(({ bpd, simplified }, k) => `${k === 0 ? 'M' : 'L'}${place.x(bpd)} ${place.y(simplified)}`)
    return [
      `<path d="${path.join('')}" ${stroke}/>`,
      ...own.map((at) => `<circle cx="${place.x(at.bpd)}" cy="${place.y(at.simplified)}" r="2.2" fill="${colour}"/>`),
      ...own.map((at) =>
        svgText(
          `${sign} ${at.value}`,
          { x: place.x(at.bpd) + 4, y: place.y(at.simplified) - 3 },
          { size: 5.5, colour },
        ),
      ),
      `<path d="M${legend} 6h18" ${stroke}/>`,
      svgText(name, { x: legend + 22, y: 8 }, { colour, bold: true }),
    ]
  })
  return svg(size.width, size.height, [
    ...axes(place, score === 'auc' ? 'AUC' : 'Accuracy', 'bits per dimension'),
    `<line x1="${FRAME.left}" y1="${level}" x2="${size.width - FRAME.right}" y2="${level}" stroke="${COLOUR.ink}" stroke-width="0.6" stroke-dasharray="4 3"/>`,
    svgText('trained on originals', { x: size.width - FRAME.right, y: level - 2.5 }, { anchor: 'end', size: 6 }),
    ...lines,
  ])
}

/** One measure over the steps of all cells. */
export function curveOfSteps({ title, lines }: RunCurve, size: Size): string {
  const points = lines.flat()
  const place = placeOf(
    points.map(({ step }) => step),
    points.map(({ value }) => value),
    size,
  )
  const paths = lines.map((line) => {
    const path = line.map(({ step, value }, i) => `${i === 0 ? 'M' : 'L'}${place.x(step)} ${place.y(value)}`)
    return `<path d="${path.join('')}" fill="none" stroke="${COLOUR.accent}" stroke-opacity="0.5" stroke-width="0.6"/>`
  })
  return svg(size.width, size.height, [...axes(place, title, 'step'), ...paths])
}

interface Place extends Size {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
  readonly across: readonly number[]
  readonly up: readonly number[]
}

function placeOf(xs: readonly number[], ys: readonly number[], size: Size): Place {
  const [left, right] = widened(xs)
  const [low, high] = widened(ys)
  const round = (value: number) => Math.round(value * 100) / 100
  const inner = { width: size.width - FRAME.left - FRAME.right, height: size.height - FRAME.top - FRAME.bottom }
  return {
    ...size,
    x: (value) => round(FRAME.left + ((value - left) / (right - left)) * inner.width),
    y: (value) => round(FRAME.top + (1 - (value - low) / (high - low)) * inner.height),
    across: ticks(left, right, 5),
    up: ticks(low, high, 4),
  }
}

function widened(values: readonly number[]): [number, number] {
  const [low = 0, high = 1] = extent(values.filter(Number.isFinite))
  const room = MARGIN * (high - low || Math.abs(high) || 1)
  return [low - room, high + room]
}

function axes({ x, y, across, up, width, height }: Place, vertical: string, horizontal: string): string[] {
  const bottom = height - FRAME.bottom
  const rows = up.map(
    (value) =>
      `<line x1="${FRAME.left}" y1="${y(value)}" x2="${width - FRAME.right}" y2="${y(value)}" stroke="${COLOUR.rule}" stroke-width="0.5"/>` +
      svgText(alike(value, up), { x: FRAME.left - 4, y: y(value) + 2 }, { anchor: 'end', size: 6 }),
  )
  const columns = across.map((value) =>
    svgText(alike(value, across), { x: x(value), y: bottom + 9 }, { anchor: 'middle', size: 6 }),
  )
  return [
    ...rows,
    ...columns,
    svgText(vertical, { x: 0, y: 8 }, { size: 7, colour: COLOUR.ink, bold: true }),
    svgText(horizontal, { x: (FRAME.left + width) / 2, y: height - 4 }, { anchor: 'middle', size: 6 }),
  ]
}

/** A tick's value in as many decimals as any tick of its axis needs. */
function alike(value: number, ticked: readonly number[]): string {
  return value.toFixed(Math.max(0, ...ticked.map((one) => String(one).split('.')[1]?.length ?? 0)))
}
