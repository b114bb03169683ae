import type { CohortReport } from '../../domain/report'
import { percentText } from '../../domain/numbers'
import { svg, svgText } from './svg'
import { COLOUR } from './theme'

const FRAME = { left: 30, right: 8, top: 16, bottom: 26 } as const
const TICKS = [0, 0.25, 0.5, 0.75, 1] as const

interface Size {
  readonly width: number
  readonly height: number
}

interface Square extends Size {
  readonly x: (share: number) => number
  readonly y: (share: number) => number
}

/** The ROC curve, the threshold in use marked, the classifier's own beside it. */
export function rocSvg({ roc, at }: CohortReport['curves'], size: Size): string {
  const place = square(size)
  const path = (roc?.points ?? []).map(
    ({ falsePositiveRate, sensitivity }, i) =>
      `${i === 0 ? 'M' : 'L'}${place.x(falsePositiveRate)} ${place.y(sensitivity)}`,
  )
  const { sensitivity, specificity } = at.rates
  const here =
    sensitivity.estimate && specificity.estimate
      ? [
          `<circle cx="${place.x(1 - specificity.estimate.value)}" cy="${place.y(sensitivity.estimate.value)}" r="3" fill="${COLOUR.caution}"/>`,
        ]
      : []
  return svg(size.width, size.height, [
    ...axes(place, 'Sensitivity', 'false positive rate (1 − specificity)'),
    diagonal(place),
    `<path d="${path.join('')}" fill="none" stroke="${COLOUR.accent}" stroke-width="1.1"/>`,
    ...here,
  ])
}

/** Observed shares with intervals against mean probabilities; the bars below count the films. */
export function reliabilitySvg({ calibration }: CohortReport['curves'], size: Size): string {
  const place = square(size)
  const bins = calibration?.bins ?? []
  const most = Math.max(1, ...bins.map(({ films }) => films.length))
  const marks = bins.flatMap(({ low, high, films, predicted, observed: { estimate } }) => {
    if (predicted === null || !estimate) return []
    const x = place.x(predicted)
    const height = (films.length / most) * 0.18
    return [
      `<rect x="${place.x(low) + 1}" y="${place.y(height)}" width="${place.x(high) - place.x(low) - 2}" height="${place.y(0) - place.y(height)}" fill="${COLOUR.rule}"/>`,
      `<line x1="${x}" y1="${place.y(estimate.low)}" x2="${x}" y2="${place.y(estimate.high)}" stroke="${COLOUR.accent}" stroke-width="0.7"/>`,
      `<circle cx="${x}" cy="${place.y(estimate.value)}" r="2.2" fill="${COLOUR.accent}"/>`,
      svgText(
        String(films.length),
        { x: (place.x(low) + place.x(high)) / 2, y: place.y(height) - 1.5 },
        { anchor: 'middle', size: 5.5 },
      ),
    ]
  })
  return svg(size.width, size.height, [
    ...axes(place, 'Labelled effusion', 'probability of effusion; bars: films'),
    diagonal(place),
    ...marks,
  ])
}

function square(size: Size): Square {
  const round = (value: number) => Math.round(value * 100) / 100
  const inner = { width: size.width - FRAME.left - FRAME.right, height: size.height - FRAME.top - FRAME.bottom }
  return {
    ...size,
    x: (share) => round(FRAME.left + share * inner.width),
    y: (share) => round(FRAME.top + (1 - share) * inner.height),
  }
}

const diagonal = ({ x, y }: Square): string =>
  `<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="${COLOUR.muted}" stroke-width="0.6" stroke-dasharray="3 3"/>`

function axes({ x, y, width, height }: Square, vertical: string, horizontal: string): string[] {
  return [
    ...TICKS.map(
      (tick) =>
        `<line x1="${x(0)}" y1="${y(tick)}" x2="${x(1)}" y2="${y(tick)}" stroke="${COLOUR.rule}" stroke-width="0.5"/>` +
        svgText(percentText(tick), { x: x(0) - 4, y: y(tick) + 2 }, { anchor: 'end', size: 6 }),
    ),
    ...TICKS.map((tick) => svgText(percentText(tick), { x: x(tick), y: y(0) + 9 }, { anchor: 'middle', size: 6 })),
    svgText(vertical, { x: 0, y: 8 }, { size: 7, colour: COLOUR.ink, bold: true }),
    svgText(horizontal, { x: (x(0) + width - FRAME.right) / 2, y: height - 4 }, { anchor: 'middle', size: 6 }),
  ]
}
