import type { BitScale } from '../../../contract'
import { colourTable, scaleTicks } from '../../domain/colourMap'
import { escapeXml } from '../../domain/escapeXml'
import { COLOUR } from './theme'

/** Opens a drawing of the report; SVG text goes in through `svgText` alone, which escapes it. */
export function svg(width: number, height: number, parts: readonly string[]): string {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter">`
  return `${head}${parts.join('')}</svg>`
}

interface TextStyle {
  readonly size?: number
  readonly colour?: string
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly bold?: boolean
}

export function svgText(text: string, at: { x: number; y: number }, style: TextStyle = {}): string {
  const { size = 6.5, colour = COLOUR.muted, anchor = 'start', bold = false } = style
  return `<text x="${at.x}" y="${at.y}" font-size="${size}" fill="${colour}" text-anchor="${anchor}"${bold ? ' font-weight="bold"' : ''}>${escapeXml(text)}</text>`
}

/** A horizontal colour bar with about so many round numbers under it, of bits per pixel where no unit is written behind them. */
export function colourBar(scale: BitScale, width: number, { unit = '', numbers = 5 } = {}): string {
  const table = colourTable()
  const bands = 64
  const step = width / bands
  const strips = Array.from({ length: bands }, (_, i) => {
    const colour = Math.round((i * 255) / (bands - 1)) * 3
    const fill = `rgb(${Array.from(table.subarray(colour, colour + 3)).join(',')})`
    return `<rect x="${i * step}" y="0" width="${Math.min(step + 0.4, width - i * step)}" height="7" fill="${fill}"/>`
  })
  const labels = scaleTicks(scale, numbers).map((bits) => {
    const x = ((bits - scale.low) / (scale.high - scale.low)) * width
    const half = 8 + 2 * unit.length
    const anchor = x < 6 ? 'start' : x > width - half ? 'end' : 'middle'
    const tick = `<line x1="${x}" y1="7" x2="${x}" y2="9.5" stroke="${COLOUR.muted}" stroke-width="0.5"/>`
    return tick + svgText(`${bits}${unit}`, { x, y: 16 }, { anchor })
  })
  return svg(width, 19, [...strips, ...labels])
}
