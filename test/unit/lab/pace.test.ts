import { describe, expect, it } from 'vitest'
import { Pace } from '../../../main/adapters/training/experiment/pace'
import { cellsOf } from '../../../main/domain/experiments'
import { exampleExperiment } from '../../support/exampleExperiment'

const STEPS = { warmUpSteps: 10, steps: 20 }
const experiment = exampleExperiment({ pressures: [1], ...STEPS })
const start = { place: 0, done: { classifier: 0, joint: 0, condensing: 0 } }

describe('the time left of a run', () => {
  it('is unknown before the first step', () => {
    expect(new Pace(experiment, cellsOf(experiment)).secondsLeft(start, 0)).toBeNull()
  })

  it('forgets the first step of a kind, which makes its graph', () => {
    const pace = new Pace(experiment, cellsOf(experiment))
    for (const seconds of [3, 0.2, 0.2, 0.2]) pace.measured('joint', seconds)
    pace.measured('classifier', 0.5)
    for (let i = 0; i < 3; i++) pace.measured('classifier', 0.02)
    expect(pace.secondsLeft(start, 0)).toBeCloseTo(0.2 * STEPS.steps + 0.02 * STEPS.warmUpSteps)
  })
})
