import type { CaseReport } from '../../domain/report'
import { svg, svgText } from './svg'
import { COLOUR } from './theme'

/** Of the names: points a letter of 6.5, and the most letters that stand beside the bars. */
const NAME = { letter: 3.6, most: 24 } as const
/** Of all bars together, points. */
const HEIGHT = 92

/** Activation distance layer by layer. */
export function layerBars(layers: CaseReport['certificate']['layers'], width: number): string {
  const row = Math.min(14, HEIGHT / Math.max(1, layers.length))
  const size = Math.min(6.5, row * 0.85)
  const longest = Math.max(0, ...layers.map((layer) => layer.name.length))
  const name = 8 + NAME.letter * Math.min(NAME.most, longest)
  const bar = width - name - 34
  const highest = Math.max(0.01, ...layers.map(({ distance }) => distance))
  const rows = layers.flatMap(({ name: layer, distance }, i) => {
    const y = 14 + i * row
    const length = Math.max(0.5, (Math.max(0, distance) / highest) * bar)
    return [
      svgText(shortened(layer), { x: 0, y: y + row * 0.5 + size * 0.35 }, { size }),
      `<rect x="${name}" y="${y + row * 0.2}" width="${length}" height="${row * 0.6}" fill="${COLOUR.accent}"/>`,
      svgText(distance.toFixed(3), { x: name + length + 4, y: y + row * 0.5 + size * 0.35 }, { size }),
    ]
  })
  const title = svgText('Activation distance by layer or block', { x: 0, y: 7 }, { size: 7.5, colour: COLOUR.ink })
  return svg(width, 18 + layers.length * row, [title, ...rows])
}

/** Networks name their layers from the whole to the part: the end tells them apart. */
const shortened = (name: string): string => (name.length > NAME.most ? `…${name.slice(1 - NAME.most)}` : name)
