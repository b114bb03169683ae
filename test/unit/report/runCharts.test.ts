import { expect, it } from 'vitest'
import type { TradeOff } from '../../../contract'
import { curveOfSteps, tradeOffSvg } from '../../../main/adapters/report/runCharts'

it('the lines of a trade-off are told apart in black print, and their names stand beside a piece of each', () => {
  const methods = ['bits', 'l2', 'blur', 'jpeg'] as const
  const points = [0, 1].map((value) => ({
    ...{ value, bpd: 2 + value, simplified: 0.9, original: 0.9, spread: null, cells: [] },
  }))
  const tradeOff: TradeOff = {
    ...{ score: 'accuracy', reference: 0.95, originalBpd: 4, blankBpd: 1 },
    series: methods.map((method) => ({ method, points })),
  }
  const drawn = tradeOffSvg(tradeOff, { width: 700, height: 200 })
  const dashes = [...drawn.matchAll(/<path [^>]*stroke-dasharray="([^"]*)"/g)].map(([, pattern]) => pattern)
  expect(dashes).toHaveLength(2 * methods.length)
  expect(new Set(dashes).size).toBe(methods.length)
})

it('numbers of one axis have as many decimals each', () => {
  const line = [
    { step: 1, value: 0.95 },
    { step: 4, value: 0.96 },
  ]
  const drawn = curveOfSteps({ title: 'Accuracy', lines: [line] }, { width: 200, height: 100 })
  const numbers = [...drawn.matchAll(/text-anchor="end">([\d.]+)</g)].map(([, number = '']) => number)
  expect(numbers.length).toBeGreaterThan(2)
  expect(new Set(numbers.map((number) => number.split('.')[1]?.length))).toEqual(new Set([3]))
})
