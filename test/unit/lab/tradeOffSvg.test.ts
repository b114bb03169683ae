import { describe, expect, it } from 'vitest'
import type { TradeOff } from '../../../contract'
import { tradeOffSvg } from '../../../main/domain/experiments'

const point = (value: number, bpd: number, simplified: number) => ({
  ...{ value, bpd, simplified, original: simplified, spread: null, cells: [`cell-${value}`] },
})
const tradeOff: TradeOff = {
  score: 'accuracy',
  reference: 0.9,
  originalBpd: 3,
  blankBpd: 1,
  series: [
    { method: 'bits', points: [point(4, 1.5, 0.8), point(1, 2, 0.9)] },
    { method: 'jpeg', points: [point(10, 2.5, 0.7)] },
  ],
}

/** Where a plot's marks are: the start of each filled path behind the legend. */
const marks = (svg: string) =>
  [...svg.matchAll(/<path d="M([\d.]+) ([\d.]+)[al][^"]*" fill="(#\w+)"/g)]
    .map(([, x, y, colour]) => ({ x: Number(x), y: Number(y), colour }))
    .filter(({ y }) => y > 36)

describe('the plot of a trade-off', () => {
  it('has a mark a setting: more bits to the right, a higher score above', () => {
    const [few, more, jpeg] = marks(tradeOffSvg(tradeOff, 'clothing'))
    expect(few && more && jpeg).toBeTruthy()
    if (!few || !more || !jpeg) return
    expect(few.x).toBeLessThan(more.x)
    expect(few.y).toBeGreaterThan(more.y)
    expect(jpeg.x).toBeGreaterThan(more.x)
    expect(jpeg.y).toBeGreaterThan(few.y)
    expect(few.colour).toBe(more.colour)
    expect(jpeg.colour).not.toBe(more.colour)
  })
  it('names score, methods and settings, and lets no title break it', () => {
    const svg = tradeOffSvg({ ...tradeOff, score: 'auc' }, 'a < b & c')
    for (const part of ['AUC', 'bits pressed out', 'JPEG', '>4<', '>10<', 'a &lt; b &amp; c'])
      expect(svg).toContain(part)
  })
  it('writes the settings beside their marks, within the plot', () => {
    const atTheEdges: TradeOff['series'] = [{ method: 'jpeg', points: [point(10, 1, 0.7), point(1000, 3, 0.7)] }]
    const svg = tradeOffSvg({ ...tradeOff, series: atTheEdges }, '')
    const [lowest] = marks(svg)
    const labels = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)"[^>]*>(10|1000)</g)]
    expect(labels.map(([, , , anchor, value]) => [value, anchor])).toEqual([
      ['10', 'start'],
      ['1000', 'end'],
    ])
    for (const [, , y] of labels) expect(Number(y)).toBeLessThan(lowest?.y ?? 0)
  })
  it('holds a single setting of the same score as the reference', () => {
    const svg = tradeOffSvg({ ...tradeOff, series: [{ method: 'bits', points: [point(1, 3, 0.9)] }] }, 'one')
    expect(svg).not.toMatch(/NaN|Infinity/)
  })
})
