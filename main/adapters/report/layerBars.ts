import type { CaseReport } from '../../domain/report'
import { svg, svgText } from './svg'
import { COLOUR } from './theme'

/** Beside the names: points a letter of 6.5, and the most that they may take. */
const NAME = { letter: 3.6, most: 96 } as const

/** Activation distance layer by layer. */
export function layerBars(layers: CaseReport['certificate']['layers'], width: number): string {
  const row = Math.min(14, 108 / Math.max(1, layers.length))
  const longest = Math.max(0, ...layers.map((layer) => layer.name.length))
  const name = Math.min(NAME.most, 8 + NAME.letter * longest)
  const bar = width - name - 34
  const highest = Math.max(0.01, ...layers.map(({ distance }) => distance))
  const rows = layers.flatMap(({ name: layer, distance }, i) => {
    const y = 14 + i * row
    const length = Math.max(0.5, (Math.max(0, distance) / highest) * bar)
    return [
      svgText(layer, { x: 0, y: y + row * 0.65 }, { size: Math.min(6.5, row * 0.7) }),
      `<rect x="${name}" y="${y + row * 0.2}" width="${length}" height="${row * 0.6}" fill="${COLOUR.accent}"/>`,
      svgText(distance.toFixed(3), { x: name + length + 4, y: y + row * 0.65 }, { size: Math.min(6.5, row * 0.7) }),
    ]
  })
  const title = svgText('Activation distance by layer or block', { x: 0, y: 7 }, { size: 7.5, colour: COLOUR.ink })
  return svg(width, 18 + layers.length * row, [title, ...rows])
}
