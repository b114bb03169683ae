import { extent, nice, ticks } from 'd3-array'
import type { Cell, TradeOff } from '../../../contract'
import { escapeXml } from '../escapeXml'

const SIZE = { width: 640, height: 400 }
const MARGIN = { left: 62, right: 20, top: 46, bottom: 52 }
const TICKS = 6
const MARK = 5
const ROOM_FOR_LABEL = 70
const ROOM_FOR_VALUE = 40
const LABEL_DROP = 14
const BACKGROUND = '#10151c'
const TEXT = '#dde4ee'
const SOFT = '#9aa7b8'
const LINE = '#2b3542'

/** Colour, mark and name of a method: never colour alone. */
const LOOKS: Readonly<
  Record<Cell['method'], { colour: string; name: string; mark: (x: number, y: number) => string }>
> = {
  bits: {
    colour: '#6cb8ff',
    name: 'bits pressed out',
    mark: (x, y) => `M${x - MARK} ${y}a5 5 0 1 0 10 0a5 5 0 1 0-10 0`,
  },
  l2: { colour: '#f4bb53', name: 'squared distance', mark: (x, y) => `M${x - MARK} ${y - MARK}h10v10h-10z` },
  blur: { colour: '#7fd1a0', name: 'blur', mark: (x, y) => `M${x} ${y - MARK}l6 10h-12z` },
  jpeg: { colour: '#ff9fb2', name: 'JPEG', mark: (x, y) => `M${x} ${y - 6}l6 6l-6 6l-6-6z` },
  condensation: {
    colour: '#6cb8ff',
    name: 'condensed',
    mark: (x, y) => `M${x - MARK} ${y}a5 5 0 1 0 10 0a5 5 0 1 0-10 0`,
  },
}

/** A linear scale with round ends. */
interface Scale {
  (value: number): number
  readonly ticks: readonly number[]
}
interface Scales {
  readonly x: Scale
  readonly y: Scale
}

interface TextStyle {
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly colour?: string
}

/** Score on simplified pictures against bits per dimension as an SVG document, a line a method; up and to the left is better. */
export function tradeOffSvg(tradeOff: TradeOff, title: string): string {
  const scales = scalesOf(tradeOff)
  const score = tradeOff.score === 'auc' ? 'AUC' : 'accuracy'
  const label = `${score} on simplified test pictures against bits per dimension`
  const { width, height } = SIZE
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" role="img" aria-label="${escapeXml(label)}">
<rect width="${width}" height="${height}" fill="${BACKGROUND}"/>
${text([MARGIN.left, 18], title, { colour: TEXT })}
${legend(tradeOff)}
${axes(scales, score)}
${reference(tradeOff, scales)}
${tradeOff.series.map((series) => drawn(series, scales)).join('\n')}
</svg>
`
}

function scalesOf({ series, reference, originalBpd }: TradeOff): Scales {
  const points = series.flatMap((one) => one.points)
  const scores = points.flatMap(({ simplified, spread }) => [simplified - (spread ?? 0), simplified + (spread ?? 0)])
  return {
    x: scaleOf([...points.map(({ bpd }) => bpd), originalBpd], [MARGIN.left, SIZE.width - MARGIN.right]),
    y: scaleOf([...scores, reference], [SIZE.height - MARGIN.bottom, MARGIN.top]),
  }
}

function scaleOf(values: readonly number[], [from, to]: readonly [number, number]): Scale {
  const [least = 0, most = 1] = extent(values)
  const [low, high] = nice(least, most === least ? least + 1 : most, TICKS)
  const scale = (value: number) => rounded(from + ((to - from) * (value - low)) / (high - low))
  return Object.assign(scale, { ticks: ticks(low, high, TICKS) })
}

function axes({ x, y }: Scales, score: string): string {
  const bottom = SIZE.height - MARGIN.bottom
  return [
    ...x.ticks.map((value) => {
      const at = x(value)
      return `<path d="M${at} ${MARGIN.top}V${bottom}" stroke="${LINE}"/>${text([at, bottom + 18], String(Number(value.toFixed(3))), { anchor: 'middle' })}`
    }),
    ...y.ticks.map((value) => {
      const at = y(value)
      const percent = `${rounded(100 * value)} %`
      return `<path d="M${MARGIN.left} ${at}H${SIZE.width - MARGIN.right}" stroke="${LINE}"/>${text([MARGIN.left - 8, at + 4], percent, { anchor: 'end' })}`
    }),
    text([(MARGIN.left + SIZE.width - MARGIN.right) / 2, SIZE.height - 12], 'bits per dimension', { anchor: 'middle' }),
    `<g transform="translate(14 ${(MARGIN.top + bottom) / 2}) rotate(-90)">${text([0, 0], score, { anchor: 'middle' })}</g>`,
  ].join('\n')
}

/** What a classifier trained on originals reaches on originals, at their bits. */
function reference({ reference: score, originalBpd }: TradeOff, { x, y }: Scales): string {
  const [left, right] = [MARGIN.left, SIZE.width - MARGIN.right]
  const [atX, atY] = [x(originalBpd), y(score)]
  const fits = atX > left + ROOM_FOR_LABEL
  return `<path d="M${left} ${atY}H${right}" stroke="${SOFT}" stroke-dasharray="5 4"/><path d="M${atX} ${MARGIN.top}V${SIZE.height - MARGIN.bottom}" stroke="${SOFT}" stroke-dasharray="5 4"/>
${text([left + 6, atY - 5], 'trained and tested on originals')}
${text([atX + (fits ? -5 : 5), SIZE.height - MARGIN.bottom - 6], 'originals', { anchor: fits ? 'end' : 'start' })}`
}

function drawn({ method, points }: TradeOff['series'][number], { x, y }: Scales): string {
  const { colour, mark } = LOOKS[method]
  const at = points.map(({ bpd, simplified, spread, value }) => ({
    x: x(bpd),
    y: y(simplified),
    value,
    bar: spread === null ? null : ([y(simplified - spread), y(simplified + spread)] as const),
  }))
  return [
    `<path d="M${at.map((point) => `${point.x} ${point.y}`).join('L')}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
    ...at.flatMap(({ x: px, bar }) => (bar ? [`<path d="M${px} ${bar[0]}V${bar[1]}" stroke="${colour}"/>`] : [])),
    ...at.map((point) => `<path d="${mark(point.x, point.y)}" fill="${colour}"/>`),
    ...at.map((point) => valueLabel(point, colour)),
  ].join('\n')
}

/** Below and to the right of its mark; above or to the left where the plot ends. */
function valueLabel({ x, y, value }: { x: number; y: number; value: number }, colour: string): string {
  const low = y + LABEL_DROP > SIZE.height - MARGIN.bottom - MARK
  const late = x + ROOM_FOR_VALUE > SIZE.width - MARGIN.right
  const at = [late ? x - 8 : x + 8, low ? y - 8 : y + LABEL_DROP] as const
  return text(at, String(value), { colour, anchor: late ? 'end' : 'start' })
}

function legend({ series }: TradeOff): string {
  const WIDTH = 140
  return series
    .map(({ method }, i) => {
      const { colour, name, mark } = LOOKS[method]
      const left = MARGIN.left + 6 + i * WIDTH
      return `<path d="${mark(left, 32)}" fill="${colour}"/>${text([left + 11, 36], name)}`
    })
    .join('\n')
}

function text([x, y]: readonly [number, number], content: string, style: TextStyle = {}): string {
  const { anchor = 'start', colour = SOFT } = style
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${colour}" stroke="${BACKGROUND}" stroke-width="3" paint-order="stroke">${escapeXml(content)}</text>`
}

const rounded = (value: number) => Number(value.toFixed(1))
