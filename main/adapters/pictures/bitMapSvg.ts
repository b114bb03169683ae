import { RESEARCH_USE_ONLY, type BitScale } from '../../../contract'
import { colourTable, paintBitMap, scaleTicks } from '../../domain/colourMap'
import { escapeXml } from '../../domain/escapeXml'
import type { BitMapPicture } from '../../ports'
import { dataUrl, encodeColour } from './png'

/** Layout of bitmap.png and detail.png, pixels: the map at 8 × 8 a map pixel, margins, a colour bar to its right. */
const TIMES = 8
const MARGIN = 24
const TITLE = 56
const FOOT = 52
const BAR = { gap: 28, width: 28, labels: 100 }

/** The place of the map inside bitmap.png: map pixel (x, y) fills the 8 × 8 square from (left + 8x, top + 8y). */
export const MAP_PLACE = { left: MARGIN, top: TITLE, times: TIMES } as const

/** Draws a map with title and colour bar, as SVG. */
export function bitMapSvg({ map, scale, title, unit = 'bits per pixel' }: BitMapPicture): string {
  const painted = paintBitMap(map, scale, TIMES)
  const side = painted.width
  const width = MARGIN + side + BAR.gap + BAR.width + BAR.labels
  const height = TITLE + side + FOOT
  const barLeft = MARGIN + side + BAR.gap
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" font-family="Inter" fill="#e8edf2">`,
    `<rect width="${width}" height="${height}" fill="#10151b"/>`,
    `<text x="${MARGIN}" y="37" font-size="24" font-weight="600">${escapeXml(title)}</text>`,
    `<image x="${MARGIN}" y="${TITLE}" width="${side}" height="${side}" xlink:href="${dataUrl(encodeColour(painted))}"/>`,
    colourBar(scale, unit, { left: barLeft, top: TITLE, height: side }),
    `<text x="${MARGIN}" y="${height - 22}" font-size="18" fill="#e0b25a">${RESEARCH_USE_ONLY}</text>`,
    '</svg>',
  ].join('')
}

function colourBar(scale: BitScale, unit: string, place: { left: number; top: number; height: number }): string {
  const { left, top, height } = place
  const table = colourTable()
  const steps = table.length / 3
  const slice = height / steps
  const bands = Array.from({ length: steps }, (_, i) => {
    const colour = `rgb(${Array.from(table.subarray(i * 3, i * 3 + 3)).join(',')})`
    return `<rect x="${left}" y="${top + height - (i + 1) * slice}" width="${BAR.width}" height="${slice + 0.5}" fill="${colour}"/>`
  })
  const labels = scaleTicks(scale).map((bits) => {
    const y = top + height - ((bits - scale.low) / (scale.high - scale.low)) * height
    const x = left + BAR.width
    return `<path d="M${x} ${y}h8" stroke="#e8edf2" stroke-width="2"/><text x="${x + 16}" y="${y + 7}" font-size="20">${bits}</text>`
  })
  const middle = top + height / 2
  const axis = left + BAR.width + 72
  const caption = `<text transform="translate(${axis} ${middle}) rotate(-90)" text-anchor="middle" font-size="20">${escapeXml(unit)}</text>`
  return [...bands, ...labels, caption].join('')
}
