import { describe, expect, it } from 'vitest'
import type { CurvePoint, SampleGrid } from '../../../contract'
import { bitsAPicture, condensedSetsOf, plainTwin } from '../../../renderer/presentation/condensedSets'
import { currentCell, curvesOf, latestOf } from '../../../renderer/presentation/labCurves'
import { bitsChange, cellWords, durationWords } from '../../../renderer/presentation/labWords'
import { rgbaOf } from '../../../renderer/presentation/pictures'
import { levelLabel, rangeOf } from '../../../renderer/presentation/plotted'
import { bestSetting, pointSentence, tradeOffPlot, tradeOffPoints } from '../../../renderer/presentation/tradeOffPlot'
import { tradeOffOf } from '../../../main/domain/experiments'
import { exampleExperiment, exampleResult } from '../../support/exampleExperiment'
import { tinyCondensation } from '../../support/tinyExperiments'
import { experiment, experimentRun } from '../../../contract'

const point = (cell: string, step: number, changes: Partial<CurvePoint> = {}): CurvePoint => ({
  ...{ cell, step, of: 20, phase: 'joint', loss: step, bpd: null, accuracy: 0.5, auc: null },
  ...changes,
})

describe('live curves', () => {
  const points = new Map([
    ['bits-0-seed0', [point('bits-0-seed0', 10), point('bits-0-seed0', 20)]],
    ['bits-2-seed0', [point('bits-2-seed0', 10), point('bits-2-seed0', 20, { phase: 'evaluation', accuracy: 0.9 })]],
  ])

  it('show the current training bright, the ones before it grey', () => {
    expect(currentCell(points)).toBe('bits-2-seed0')
    const { series } = curvesOf(points, 'loss', currentCell(points))
    expect(series.map(({ name, faint }) => [name, faint])).toEqual([
      ['bits-0-seed0', true],
      ['bits-2-seed0', false],
    ])
  })

  it('leave out the closing test, and curves without figures', () => {
    expect(curvesOf(points, 'accuracy', null).series[1]?.points).toEqual([{ x: 10, y: 0.5 }])
    expect(latestOf(points.get('bits-2-seed0'), 'accuracy')).toBe(0.5)
    expect(curvesOf(points, 'bpd', null).series).toEqual([])
    expect(latestOf(points.get('bits-2-seed0'), 'bpd')).toBeNull()
  })

  it('keep the last point of a curve that is thinned out', () => {
    const long = Array.from({ length: 5000 }, (_, step) => point('one', step))
    const drawn = curvesOf(new Map([['one', long]]), 'loss', 'one').series[0]?.points ?? []
    expect(drawn.length).toBeLessThanOrEqual(601)
    expect(drawn.at(-1)?.x).toBe(4999)
  })
})

describe('the trade-off', () => {
  const found = (value: number, simplified: number) =>
    exampleResult(value, {
      accuracy: { original: 0.7, simplified },
      bpd: { original: 4, simplified: 4 - value, blank: 1 },
    })
  const run = experimentRun.parse({
    ...{ version: 1, id: 'tiny', experiment: exampleExperiment(), state: 'done', error: null, seconds: 1 },
    ...{ startedAt: '', endedAt: null, revision: null, versions: {}, backend: '', hashes: {} },
    results: [found(0, 0.9), found(2, 0.8)],
  })
  const tradeOff = tradeOffOf(run)
  if (!tradeOff) throw new Error('there are results')

  it('has a point a setting, with the cells whose pictures it shows', () => {
    const [few] = tradeOffPoints(tradeOff, 'simplified')
    expect(few).toMatchObject({ name: 'Bits pressed out, λ 2', bpd: 2, score: 0.8, cells: ['bits-2-seed0'] })
    expect(tradeOffPoints(tradeOff, 'original')[0]?.score).toBe(0.7)
    expect(few && pointSentence(few, tradeOff)).toBe(
      'Bits pressed out, λ 2: accuracy 80.0\u00a0% at 2.00 bits a value, 50\u00a0% of the originals’ bits.',
    )
  })

  it('opens on the fewest bits with which as much is told as on originals, else on the best score', () => {
    const at = (value: number, bpd: number, simplified: number) => ({
      ...{ value, bpd, simplified, original: 0.7, spread: null, cells: [`bits-${value}`] },
    })
    const bits = { method: 'bits' as const, points: [at(2, 1.8, 0.51), at(1, 2.3, 0.73), at(0.5, 3, 0.75)] }
    const blur = { method: 'blur' as const, points: [{ ...at(6, 1.7, 0.76), cells: ['blur-6'] }] }
    const chest = { ...tradeOff, reference: 0.69, series: [blur, bits] }
    const all = () => true
    expect(bestSetting(chest, all)).toMatchObject({ method: 'bits', bpd: 2.3 })
    expect(bestSetting({ ...chest, reference: 0.9 }, all)).toMatchObject({ method: 'bits', bpd: 3 })
    expect(bestSetting(chest, (cell) => cell !== 'bits-1')).toMatchObject({ bpd: 3 })
    expect(bestSetting(chest, (cell) => cell.startsWith('blur'))).toMatchObject({ method: 'blur' })
    expect(bestSetting(chest, () => false)).toBeNull()
  })

  it('has points, originals and reference in sight', () => {
    const plotted = tradeOffPlot(tradeOff, 'simplified', 'bits 2')
    expect(plotted.chosen).toBe('bits 2')
    const [left, right] = rangeOf(plotted, 'x')
    expect(left).toBeLessThan(2)
    expect(right).toBeGreaterThan(4)
    const [low, high] = rangeOf(plotted, 'y')
    expect(low).toBeLessThan(0.8)
    expect(high).toBeGreaterThan(tradeOff.reference)
  })

  it('has levels whose names stay within the plot', () => {
    const box = { left: 100, top: 20, width: 300, height: 200 }
    const [inside, below] = [50, 218].map((place) => levelLabel({ place, along: 'y' }, box, 16))
    expect(inside?.y).toBeGreaterThan(50)
    expect(below?.y).toBeLessThan(218)
    const ends = [110, 395].map((place) => levelLabel({ place, along: 'x' }, box, 16))
    expect(ends.map(({ align }) => align)).toEqual(['left', 'right'])
    for (const { x, y } of [...ends, below ?? ends[0]].flatMap((one) => one ?? []))
      expect([x >= box.left && x <= 400, y >= box.top && y <= 220]).toEqual([true, true])
  })

  it('has a range where nothing is plotted, and where all points are one', () => {
    expect(rangeOf({ series: [], levels: [], chosen: null }, 'x')).toEqual([0, 1])
    const [low, high] = rangeOf({ series: [], levels: [{ at: 0, along: 'y', name: '' }], chosen: null }, 'y')
    expect(high).toBeGreaterThan(low)
  })
})

describe('condensed sets', () => {
  const grid = (value: number, bits: number): SampleGrid => ({
    ...{ cell: `condensation-${value}-seed1`, size: 2, channels: 1, count: 2, originals: null },
    ...{ pictures: new Uint8Array(8), labels: ['0', '1'] },
    bits: [bits, 3 * bits].map((after) => ({ before: null, after })),
  })
  const result = (value: number) =>
    exampleResult(value, { cell: { id: `condensation-${value}-seed1`, method: 'condensation', value, seed: 1 } })
  const run = experimentRun.parse({
    ...{
      version: 1,
      id: 'sets',
      experiment: experiment.parse(tinyCondensation),
      state: 'done',
      error: null,
      seconds: 1,
    },
    ...{ startedAt: '', endedAt: null, revision: null, versions: {}, backend: '', hashes: {} },
    results: [result(10), result(0)],
  })

  it('are compared with the plain set of their seed', () => {
    const sets = condensedSetsOf(run, [grid(0, 100), grid(10, 10)])
    expect(sets.map(({ weight }) => weight)).toEqual([0, 10])
    const [plain, pressed] = sets
    if (!plain || !pressed) throw new Error('there are two')
    expect(plainTwin(sets, pressed)).toBe(plain)
    expect(plainTwin(sets, plain)).toBeNull()
    expect([bitsAPicture(plain), bitsAPicture(pressed)]).toEqual([200, 20])
  })

  it('without pictures are not shown', () => {
    expect(condensedSetsOf(run, [grid(10, 10)]).map(({ weight }) => weight)).toEqual([10])
  })
})

describe('words and pictures', () => {
  it('name a training, a time and a change of bits', () => {
    expect(cellWords('blur-0.5-seed2')).toBe('Blur of 0.5 pixels · seed 2')
    expect(cellWords('blur-1-seed2')).toBe('Blur of 1 pixel · seed 2')
    expect(cellWords('reference')).toBe('reference')
    expect([40, 600, 5400].map(durationWords)).toEqual(['40 s', '10 min', '1 h 30 min'])
    expect(bitsChange(15_900, 8200)).toBe('15.9 → 8.2\u00a0kbit')
    expect(bitsChange(1200, 300)).toBe('1.2\u00a0kbit → 300\u00a0bit')
  })

  it('draw grey and coloured pictures of a grid', () => {
    const grey = rgbaOf(Uint8Array.of(1, 2), { size: 1, channels: 1 }, 1)
    expect([...grey]).toEqual([2, 2, 2, 255])
    const coloured = rgbaOf(Uint8Array.of(1, 2, 3, 4, 5, 6), { size: 1, channels: 3 }, 1)
    expect([...coloured]).toEqual([4, 5, 6, 255])
  })
})
