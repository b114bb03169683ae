import { describe, expect, it } from 'vitest'
import { estimateSeconds, problemsOf } from '../../../main/domain/experiments'
import { exampleExperiment } from '../../support/exampleExperiment'
import { exampleRunReportInput } from '../../support/exampleRun'

/** Two cells of 30 seconds. */
const { run } = exampleRunReportInput()

describe('how long an experiment will take', () => {
  it('is what the same one took, and proportional to seeds and batch', () => {
    const once = estimateSeconds(exampleExperiment(), [run]) ?? 0
    expect(once).toBeCloseTo(60)
    expect(estimateSeconds(exampleExperiment({ seeds: [0, 1, 2] }), [run])).toBeCloseTo(3 * once)
    expect(estimateSeconds(exampleExperiment({ batch: 16 }), [run]) ?? 0).toBeGreaterThan(1.5 * once)
  })

  it.each([
    ['another flow', { flow: 'glow-cxr-64' }],
    ['a wider simplifier', { simplifierWidth: 64 }],
    ['a wider classifier', { classifierWidth: 32 }],
  ])('is not known from a run with %s', (_what, changes) => {
    expect(estimateSeconds(exampleExperiment(changes), [run])).toBeNull()
  })

  it('is not known where nothing was finished', () => {
    expect(estimateSeconds(exampleExperiment(), [{ ...run, results: [] }])).toBeNull()
    expect(estimateSeconds(exampleExperiment(), [])).toBeNull()
  })
})

describe('what is wrong with an experiment', () => {
  it('is told by field', () => {
    expect(problemsOf(exampleExperiment())).toEqual([])
    const fields = problemsOf({ ...exampleExperiment(), pressures: [-1], seeds: [], extra: 1 })
    expect(fields.map(({ field }) => field).sort()).toEqual(['experiment', 'pressures.0', 'seeds'])
    expect(fields).toContainEqual({ field: 'pressures.0', message: 'Must be at least 0.' })
  })
})
