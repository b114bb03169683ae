import { expect, it } from 'vitest'
import { BUNDLED_CLASSIFIER, BUNDLED_FLOW, modelName, sha256 } from '../../../contract'
import type { HandlerCall } from '../../../main/adapters/compute/handler'
import { furtherTests } from '../../../main/adapters/compute/handlers/furtherTests'

const SIZE = 4
const picture = new Uint8Array(SIZE ** 2)
const sha = sha256.parse('a'.repeat(64))

it('further tests that are cancelled before the second classifier was asked answer with what they have', async () => {
  const call = {
    ready: { flow: async (name) => ({ name, sha256: sha, flow: { config: { size: SIZE, channels: 1 } } }) },
    networks: { network: async (name) => ({ name, sha256: sha, size: SIZE, threshold: 0.5, own: null }) },
    signal: AbortSignal.abort(),
  } as HandlerCall<'furtherTests'>
  const request = {
    ...{ model: BUNDLED_CLASSIFIER, flow: BUNDLED_FLOW, picture, simplified: picture, seed: 1 },
    ...({ objective: 'activation', randomise: false, fresh: modelName.parse('effusion-128-b') } as const),
  }
  expect(await furtherTests(request, call)).toEqual({})
})
