import { describe, expect, it } from 'vitest'
import { flowCard } from '../../../main/adapters/training/flow/modelCard'
import { flowTrainingConfig } from '../../../main/adapters/training/flow/trainingConfig'

const config = {
  ...{ name: 'a-flow', seed: 3, batch: 12, firstBatch: 32, steps: 100, rate: 0.001, warmUp: 10, floor: 0.1, clip: 20 },
  flow: { size: 128, channels: 1, levels: 2, steps: 1, hidden: 4, coupling: 'affine' },
  ...{ emaDecay: 0.9, weightDecay: 0, folds: 10, smoothedShare: 0.1, largestBlur: 8 },
  augment: { shift: 0, scale: 0, rotation: 0, flip: 0, gamma: 0 },
  ...{ checkpointEvery: 10, evaluateEvery: 10, evaluateFilms: 2 },
}
const trainingOf = (changes: object) => {
  const figures = { steps: 100, trained: 5, table: [], plain: [], mapError: 0, command: 'simplebits train flow' }
  const card = flowCard({ config: flowTrainingConfig.parse({ ...config, ...changes }), ...figures })
  return /100 steps of .*/.exec(card)?.[0]
}

describe('how a flow was trained, in its model card', () => {
  it('says nothing of other weights or seeds where there were none', () => {
    expect(trainingOf({})).toContain(
      '100 steps of 12 pictures, AdamW 0.001 with warm-up and cosine, averaged weights, seed 3. ',
    )
  })

  it('says whose weights it began with, and by which seed it drew', () => {
    const told = trainingOf({ startFrom: 'another-flow', drawSeed: 7 })
    expect(told).toContain('12 pictures from the weights of `another-flow`, AdamW')
    expect(told).toContain('seed 3 (pictures and noise drawn by seed 7). ')
  })
})
