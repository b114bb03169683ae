import { expect, it } from 'vitest'
import { curveSvg } from '../../../main/adapters/report/curveSvg'

/** Heights of the dashed line of the threshold and of the word "simplified" above or below its point. */
function heights(probability: number) {
  const chosen = { bitsLeft: 0.4, probability, kept: true }
  const film = { bitsLeft: 1, probability: 0.9, kept: true }
  const drawn = curveSvg({ points: [chosen], film, chosen, threshold: 0.241, flat: 0.2 }, 500)
  const word = Number(/<text x="[\d.]+" y="([\d.]+)"[^>]*>simplified</.exec(drawn)?.[1])
  const line = Number(/y1="([\d.]+)"[^>]*stroke-dasharray="4 3"/.exec(drawn)?.[1])
  return { word, line }
}

it('the line of the threshold goes through no word', () => {
  for (const probability of [0.08, 0.12, 0.14, 0.16, 0.2, 0.3, 0.5]) {
    const { word, line } = heights(probability)
    // The letters stand on their height, about five points high.
    expect(line > word - 5.5 && line < word + 1, `${probability}`).toBe(false)
  }
})
