import { expect, it } from 'vitest'
import { packageClassifier } from '../../../main/adapters/training/classifier'
import { packageFlow } from '../../../main/adapters/training/flow'
import { packageSimplifier } from '../../../main/adapters/training/simplifier'
import { createModelStore } from '../../../main/adapters/weights'

const nowhere = { data: 'x', run: 'x', runs: 'x', shipped: 'x', out: 'x', results: 'x', goldenFilms: [], note: null }
const request = { ...nowhere, config: { name: 'a', seed: 'one' }, models: createModelStore([]) }

it.each([
  ['classifier', packageClassifier],
  ['flow', packageFlow],
  ['simplifier', packageSimplifier],
])('a %s is not packaged by a configuration that does not fit: it says which setting', async (_, pack) => {
  await expect(pack(request)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringMatching(/configuration is wrong.* seed: /),
  })
})
