import { describe, expect, it } from 'vitest'
import { bestOf, figureOf, rankingCaveat, standingSentences } from '../../../renderer/presentation/methodWords'
import { EXAMPLE_ROWS, exampleRow, exampleTests } from '../../support/explainExamples'

const withDetail = (insertion: number, deletion: number) => [
  ...EXAMPLE_ROWS,
  exampleRow('keptDetail', { insertion, deletion }),
]

describe('the detail left among the methods', () => {
  it('takes its own checks from the audit’s record, where they were made with it', () => {
    const row = exampleRow('keptDetail', { insertion: 0.4, deletion: 0.4 })
    const tests = exampleTests()
    expect(figureOf(row, 'repeatability', tests)).toBe(0.97)
    expect(figureOf(row, 'randomised', tests)).toBe(0.55)
    expect(figureOf(row, 'randomised')).toBeNull()
    // Tests of earlier versions compared the bit maps alone.
    const { randomised } = tests
    if (!randomised) throw new Error('the example has the check')
    const own = { pixelCorrelation: 0.93, mapCorrelation: 0.62 }
    expect(figureOf(row, 'repeatability', { randomised: { ...randomised, own } })).toBeNull()
    expect(bestOf([row, ...EXAMPLE_ROWS.slice(2)], 'repeatability', tests)).toEqual(['originalBits'])
  })

  it('shares a sentence with the bit map where the same is better than both', () => {
    expect(standingSentences(withDetail(0.46, 0.37))).toEqual([
      'Better than the bit map and the detail left at putting in here: Integrated gradients.',
      'Better than the bit map and the detail left at taking out here: Grad-CAM, Integrated gradients.',
    ])
    expect(standingSentences(withDetail(0.9, 0.2))).toEqual([
      'Better than the bit map at putting in here: Integrated gradients.',
      'No other method is better than the detail left at putting in here.',
      'Better than the bit map at taking out here: Grad-CAM, Integrated gradients.',
      'Better than the detail left at taking out here: Integrated gradients.',
    ])
    const unbeaten = withDetail(0.9, 0.05).map((row) =>
      row.method === 'keptBits' ? { ...row, insertion: 0.95, deletion: 0.01 } : row,
    )
    expect(standingSentences(unbeaten)).toEqual([
      'No other method is better than the bit map or the detail left at putting in here.',
      'No other method is better than the bit map or the detail left at taking out here.',
    ])
  })

  it('is said to do no better than chance by its own figures, as printed', () => {
    const chance = (insertion: number, deletion: number) =>
      standingSentences(withDetail(insertion, deletion)).filter((sentence) => sentence.includes('chance'))
    expect(chance(0.37, 0.4)).toEqual([])
    expect(chance(0.364, 0.4)).toEqual([
      'The order of pixels by the detail left does no better than chance at putting in here.',
    ])
    expect(chance(0.3, 0.406)).toEqual(['The order of pixels by the detail left does no better than chance here.'])
    const poor = withDetail(0.1, 0.9).map((row) =>
      row.method === 'keptBits' ? { ...row, insertion: 0.1, deletion: 0.9 } : row,
    )
    expect(standingSentences(poor).at(-1)).toBe(
      'The order of pixels by the bit map or the detail left does no better than chance here.',
    )
  })

  it('is not spoken of where the audit has none', () => {
    expect(rankingCaveat(withDetail(0.4, 0.4))).toMatch(/the detail left .* They were not made to rank/)
    expect([rankingCaveat(EXAMPLE_ROWS), ...standingSentences(EXAMPLE_ROWS)].join(' ')).not.toContain('detail')
  })
})
