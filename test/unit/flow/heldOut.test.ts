import '@tensorflow/tfjs-node-gpu'
import { expect, it } from 'vitest'
import { heldOutBpd } from '../../../main/adapters/training/flow/heldOut'
import type { FlowConfig } from '../../../main/engine/flow'
import { disposeParams } from '../../../main/engine/tensor'
import { randomFlowParams } from '../../support/randomFlow'

const config: FlowConfig = { size: 4, channels: 1, levels: 2, steps: 1, hidden: 4, coupling: 'affine' }

it('held-out pictures are measured with a noise each, the same every time', () => {
  const params = randomFlowParams(config, 1)
  const pictures = Array.from({ length: 20 }, (_, i) => ({ levels: new Uint8Array(16).fill(99), groups: [`${i}`] }))
  const found = heldOutBpd(config, params, { pictures, count: 20 })
  // Eight are measured at once; two noises may cost alike by chance.
  expect(new Set(Object.values(found)).size).toBeGreaterThan(16)
  expect(heldOutBpd(config, params, { pictures, count: 20 })).toEqual(found)
  disposeParams(params)
})
