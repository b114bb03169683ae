import { describe, expect, it } from 'vitest'
import { matchingDistanceOf } from '../../../contract'
import { summarise, summaryRow } from '../../../main/domain/auditSummary'
import { markdownTable, plainTable, summaryCells, summaryText } from '../../../main/domain/summaryTable'
import { exampleRecord, lostRecord } from '../../support/exampleReport'

describe('the summary of audits', () => {
  const record = exampleRecord()
  const row = summaryRow('film-1', record, 'effusion')

  it('has a row a case with shares and ratios', () => {
    expect(row.bitsLeft).toBeCloseTo(record.simplified.bits / record.original.bits)
    expect(row.decisionKept).toBe(true)
    const blur = record.rivals.find(({ kind }) => kind === 'blur')
    expect(row.ratio.blur).toBeCloseTo((blur?.matchingDistance ?? NaN) / matchingDistanceOf(record))
  })
  it('takes each decision by the classifier’s own threshold', () => {
    const original = { ...record.original, probability: 0.424 }
    const simplified = { ...record.simplified, probability: 0.29 }
    const decided = summaryRow('film-1', exampleRecord({ threshold: 0.292, original, simplified }), null)
    expect([decided.decisionBefore, decided.decisionAfter]).toEqual([true, false])
  })
  it('counts kept decisions and takes medians', () => {
    const rows = [0.2, 0.6, 0.4].map((bitsLeft) => ({ ...row, bitsLeft }))
    const summary = summarise([...rows, { ...summaryRow('lost', lostRecord(), null), bitsLeft: 0.5 }])
    expect(summary).toMatchObject({ cases: 4, kept: 3 })
    // As in the cohort: the bits of an audit that lost the decision are not those of a counterpart.
    expect(summary.median.bitsLeft).toBeCloseTo(0.4)
    const [all, some] = [summarise(rows), summary].map((one) => summaryCells(one).at(-1)?.[0])
    expect([all, some]).toEqual(['median', 'median of kept'])
    const none = summaryCells(summarise([summaryRow('lost', lostRecord(), null)])).at(-1)
    expect([none?.[4], none?.[5]]).toEqual(['0 of 1 kept (0 %)', '–'])
  })
  it('writes a probability in as many digits as its decision needs', () => {
    const tie = { ...row, threshold: 0.241, probabilityBefore: 0.2408, probabilityAfter: 0.2413 }
    const [, cells] = summaryCells(summarise([{ ...tie, decisionBefore: false, decisionAfter: true }]))
    expect(cells?.slice(2, 4)).toEqual(['no 24.08 %', 'yes 24.13 %'])
  })
  it('tells the detail left: of each case, its median, and scale by scale', () => {
    const detailByScale = [0, 0.3, 0.9]
    const other = { ...row, detailLeft: 0.4, detailByScale }
    const former = { ...row, detailLeft: null, detailByScale: null }
    const shares = record.path.find(({ frame }) => frame === record.simplified.frame)?.detail ?? []
    expect(row.detailByScale).toEqual(shares)
    expect(row.detailLeft).toBeCloseTo(shares.reduce((sum, share) => sum + share, 0) / shares.length)
    const summary = summarise([former, other, { ...other, detailLeft: 0.2, detailByScale: [0, 0.1, 0.7] }])
    expect(summary.median).toMatchObject({
      detailLeft: expect.closeTo(0.3),
      detailByScale: [0, expect.closeTo(0.2), 0.8],
    })
    expect(summaryText(summary)).toMatch(/scale, median, from the finest to the coarsest: 0\s%, 20\s%, 80\s%$/)
    expect(summaryText(summarise([former])).split('\n')).toHaveLength(3)
  })
  it('calls nothing zero that is not', () => {
    const near = { ...row, matchingDistance: 0.0004, ratio: { blur: 0.04, jpeg: 0, even: 12.34 } }
    const [, cells] = summaryCells(summarise([near]))
    expect(cells?.slice(8, 12)).toEqual(['< 0.001', '< 0.1', '0.0', '12.3'])
  })
  it('of nothing is empty, not wrong', () => {
    expect(summarise([])).toMatchObject({ cases: 0, kept: 0, median: { bitsLeft: null } })
    expect(plainTable(summaryCells(summarise([])))).toContain('median')
  })
  it('prints a lost decision so that it is seen, in columns that line up', () => {
    const cells = summaryCells(summarise([row, summaryRow('a much longer name', lostRecord(), null)]))
    const lines = plainTable(cells).split('\n')
    expect(lines).toHaveLength(4)
    expect(lines[2]).toContain('not kept')
    expect(new Set(lines.slice(0, 3).map((line) => /effusion|report|\?/.exec(line)?.index))).toEqual(new Set([20]))
    expect(markdownTable(cells).split('\n')[1]).toMatch(/^(\| --- )+\|$/)
  })
})
