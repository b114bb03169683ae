import { describe, expect, it } from 'vitest'
import { cohortOf } from '../../../main/domain/explain'
import { cohortCells } from '../../../main/domain/explain/cohort'
import { buildCaseReport } from '../../../main/domain/report'
import { exampleRow, exampleTests } from '../../support/explainExamples'
import { exampleRecord, exampleReportInput } from '../../support/exampleReport'

describe('methods over a cohort', () => {
  const films = [
    [exampleRow('gradCam', { insertion: 0.2, deletion: 0.3, spearman: 0.1, repeatability: 1 })],
    [
      exampleRow('gradCam', { insertion: 0.4, deletion: 0.3, spearman: 0.3, repeatability: 1 }),
      exampleRow('keptBits', { insertion: 0.5, deletion: 0.4 }),
    ],
  ]
  it('gives mean and standard deviation (n − 1) over the films that have a figure', () => {
    const [gradCam, kept] = cohortOf(films)
    expect(gradCam?.insertion).toEqual({ mean: expect.closeTo(0.3), sd: expect.closeTo(Math.SQRT2 / 10), films: 2 })
    expect(kept).toMatchObject({ method: 'keptBits', insertion: { films: 1, sd: null }, randomised: null })
  })
  it('prints a dash where nothing was asked', () => {
    const [heading = [], ...rows] = cohortCells(cohortOf(films))
    expect(rows[0]?.slice(0, 2)).toEqual(['Grad-CAM', '0.300 ± 0.141'])
    expect(rows[1]?.[3]).toBe('–')
    // One film does not vary.
    expect(rows[1]?.[1]).toBe('0.500')
    expect(rows.every((row) => row.length === heading.length)).toBe(true)
  })
})

describe('further tests in the case report', () => {
  it('are sentences of the certificate, and only where they were made', () => {
    const sentences = (tests?: ReturnType<typeof exampleTests>) =>
      buildCaseReport(exampleReportInput({ record: exampleRecord(tests ? { tests } : {}) })).certificate.sentences
    expect(sentences().join(' ')).not.toMatch(/shuffled|second classifier/)
    const all = sentences(exampleTests()).join(' ')
    expect(all).toContain('bit maps correlate at 0.31 (0.62)')
    expect(all).toContain('(effusion-128-b) says “effusion” (0.660) of the film and “effusion” (0.510)')
    expect(all).toContain('the same decision')
  })
})
