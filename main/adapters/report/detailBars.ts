import type { CaseReport } from '../../domain/report'
import { svg, svgText } from './svg'
import { COLOUR } from './theme'

type ByWidth = NonNullable<CaseReport['detailByWidth']>

const ROW = 15
const HEAD = 24
/** Left and right of the bars, points. */
const BESIDE = { width: 40, left: 30 } as const

/** What is left of each scale of the film's detail, of a bar that is all of it. */
export function detailBars({ unit, rows }: ByWidth, width: number): string {
  const bar = width - BESIDE.width - BESIDE.left
  const lines = rows.flatMap(({ width: structure, share, left }, i) => {
    const y = HEAD + i * ROW
    const rect = (length: number, fill: string) =>
      `<rect x="${BESIDE.width}" y="${y}" width="${length}" height="8" fill="${fill}"/>`
    return [
      svgText(structure, { x: 0, y: y + 6.5 }, { size: 7 }),
      rect(bar, COLOUR.rule),
      rect(Math.min(1, Math.max(0, share)) * bar, COLOUR.accent),
      svgText(left, { x: width, y: y + 6.5 }, { size: 7, colour: COLOUR.ink, anchor: 'end' }),
    ]
  })
  const head = [
    svgText('Detail left by width of structure', { x: 0, y: 7 }, { size: 7.5, colour: COLOUR.ink }),
    svgText(unit, { x: 0, y: 17 }),
  ]
  return svg(width, HEAD + rows.length * ROW, [...head, ...lines])
}
