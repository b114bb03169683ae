import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { expect, it } from 'vitest'
import {
  disposeTrainState,
  firstTrainState,
  takeStep,
  type StepSettings,
  type TrainState,
} from '../../../main/engine/optim'

const SETTINGS: StepSettings = {
  schedule: { rate: 0.1, warmUp: 4, steps: 20, floor: 0.1 },
  ...{ weightDecay: 0.2, clip: 1, averageDecay: 0.9 },
}
const START = [1, -2, 0.5]
/** The first is longer than the clip, the second shorter. */
const GRADIENTS = [
  [3, 0, -4],
  [0.1, -0.2, 0.05],
]
/** The last weight does not decay. */
const DECAYED = [1, 1, 0]

const begin = () => firstTrainState(tf.tensor1d(START))
const valuesOf = ({ weights, average }: TrainState) => ({
  weights: [...weights.dataSync()],
  average: [...average.dataSync()],
})

/** Clipping, AdamW, warm-up and average of one weight after another, in double precision. */
function byHand() {
  const { schedule, weightDecay, clip, averageDecay } = SETTINGS
  const [weights, average, m, v] = [[...START], [...START], [0, 0, 0], [0, 0, 0]]
  GRADIENTS.forEach((gradient, step) => {
    const share = Math.min(1, clip / Math.hypot(...gradient))
    const rate = (schedule.rate * (step + 1)) / schedule.warmUp
    const decay = Math.min(averageDecay, (1 + step) / (10 + step))
    gradient.forEach((raw, i) => {
      const g = raw * share
      m[i] = 0.9 * (m[i] ?? 0) + 0.1 * g
      v[i] = 0.999 * (v[i] ?? 0) + 0.001 * g * g
      const [first, second] = [(m[i] ?? 0) / (1 - 0.9 ** (step + 1)), (v[i] ?? 0) / (1 - 0.999 ** (step + 1))]
      const kept = (weights[i] ?? 0) * (1 - rate * weightDecay * (DECAYED[i] ?? 0))
      weights[i] = kept - (rate * first) / (Math.sqrt(second) + 1e-8)
      average[i] = decay * (average[i] ?? 0) + (1 - decay) * (weights[i] ?? 0)
    })
  })
  return { weights, average }
}

it('is clipping, AdamW where weights decay, the schedule’s rate and the average', () => {
  const before = tf.memory().numTensors
  const decayed = tf.tensor1d(DECAYED)
  let state = begin()
  const told = GRADIENTS.map((gradient) => {
    const step = takeStep(state, { value: 1, gradient: tf.tensor1d(gradient), decayed }, SETTINGS)
    state = step.state
    return { norm: step.norm, rate: step.rate, taken: step.taken }
  })
  expect(told.map(({ taken }) => taken)).toEqual([true, true])
  expect(told.map(({ rate }) => rate)).toEqual([0.025, 0.05])
  expect(told[0]?.norm).toBe(5)
  expect(state).toMatchObject({ step: 2, skipped: 0, adam: { steps: 2 } })
  const [found, expected] = [valuesOf(state), byHand()]
  for (const name of ['weights', 'average'] as const)
    found[name].forEach((value, i) => expect(value, `${name} ${i}`).toBeCloseTo(expected[name][i] ?? NaN, 5))
  disposeTrainState(state)
  decayed.dispose()
  expect(tf.memory().numTensors).toBe(before)
})

it('lets every weight decay where nothing says which', () => {
  const { state } = takeStep(begin(), { value: 1, gradient: tf.zeros([3]) }, SETTINGS)
  valuesOf(state).weights.forEach((weight, i) => expect(weight).toBeCloseTo((START[i] ?? NaN) * (1 - 0.025 * 0.2), 6))
  disposeTrainState(state)
})

it.each([
  ['a loss that is none', NaN, [1, 2, 3]],
  ['a gradient with an entry that is none', 1, [1, NaN, 3]],
  ['a gradient too long for its norm', 1, [1, 3e38, 3]],
])('skips and counts %s: no weight, moment or average moves', (_, value, gradient) => {
  const before = tf.memory().numTensors
  const { state, taken } = takeStep(begin(), { value, gradient: tf.tensor1d(gradient) }, SETTINGS)
  expect(taken).toBe(false)
  expect(state).toMatchObject({ step: 1, skipped: 1, adam: { steps: 0 } })
  expect(valuesOf(state)).toEqual({ weights: START, average: START })
  expect([...state.adam.first.dataSync(), ...state.adam.second.dataSync()]).toEqual([0, 0, 0, 0, 0, 0])
  disposeTrainState(state)
  expect(tf.memory().numTensors).toBe(before)
})
