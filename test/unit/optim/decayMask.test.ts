import '@tensorflow/tfjs-node-gpu'
import { expect, it } from 'vitest'
import { decayMask, KERNELS, KERNELS_AND_GAINS } from '../../../main/engine/optim'

const layout = {
  names: ['stem.weight', 'stem.bias', 'stem.gain', 'head.weight', 'multiplier'],
  shapes: [[2], [1], [1], [3], []],
  sizes: [2, 1, 1, 3, 1],
  total: 8,
}

it.each([
  ['kernels', KERNELS, [1, 1, 0, 0, 1, 1, 1, 0]],
  ['kernels and gains', KERNELS_AND_GAINS, [1, 1, 0, 1, 1, 1, 1, 0]],
])('only %s decay, in the order of the weights', (_, decaying, expected) => {
  const mask = decayMask(layout, decaying)
  expect([...mask.dataSync()]).toEqual(expected)
  mask.dispose()
})
