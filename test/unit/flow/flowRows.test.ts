import { describe, expect, it } from 'vitest'
import type { MeasuredFilm } from '../../../contract'
import { flowCells, flowRows } from '../../../main/domain/flowRows'
import { meanInterval } from '../../../main/engine/metrics'
import { seededRng } from '../../../main/engine/rng'

const measured = (windowed: number, groups: string[]): MeasuredFilm => ({
  ...{ groups, windowed, storedCut: windowed + 0.2, storedOpen: windowed + 0.1, log2Stretch: -0.1, cutOff: 0.015 },
  jpegLs: { windowed: windowed + 0.4, stored: windowed + 0.5 },
})
const flat = ([value = NaN]: readonly number[]) => ({ value, low: value, high: value })
const films = [measured(3, ['all', 'train']), measured(2, ['all', 'test_hi', 'view PA']), measured(4, ['all', 'train'])]

describe('the table of a measured flow', () => {
  it('has a row a group with the mean of its films', () => {
    const rows = flowRows(films, (values) => meanInterval(values, seededRng(1)))
    expect(rows.map(({ group, films: count }) => [group, count])).toEqual([
      ['all', 3],
      ['train', 2],
      ['test_hi', 1],
      ['view PA', 1],
    ])
    expect(rows[1]?.bits.windowed.value).toBeCloseTo(3.5, 12)
    expect(rows[0]?.bits.jpegLsStored.value).toBeCloseTo(3.5, 12)
    const [heading, first] = flowCells(rows)
    expect(heading).toHaveLength(first?.length ?? 0)
    expect(first?.slice(-2)).toEqual(['−0.10', '1.5 %'])
    const near = flowCells(flowRows([{ ...measured(3, ['all']), log2Stretch: -0.004, cutOff: 0.0002 }], flat))
    expect(near[1]?.slice(-2)).toEqual(['0.00', '< 0.1 %'])
    expect(first?.[2]).toMatch(/^3\.000 \(2\.\d{3} – [34]\.\d{3}\)$/)
  })

  it('has intervals that hold the mean, are narrower with more values, and repeat with their seed', () => {
    const rng = seededRng(9)
    const values = Array.from({ length: 400 }, () => rng.normal())
    const wide = meanInterval(values.slice(0, 25), seededRng(2))
    const narrow = meanInterval(values, seededRng(2))
    expect(meanInterval(values, seededRng(2))).toEqual(narrow)
    expect(narrow.high - narrow.low).toBeLessThan((wide.high - wide.low) / 2)
    // 1.96 standard errors of 400 values on either side
    expect((narrow.high - narrow.low) / 2).toBeCloseTo(0.098, 1)
    expect(narrow.low).toBeLessThan(narrow.value)
    expect(narrow.high).toBeGreaterThan(narrow.value)
  })
})
