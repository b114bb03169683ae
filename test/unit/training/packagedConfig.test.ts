import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { packageClassifier } from '../../../main/adapters/training/classifier'
import { packageFlow } from '../../../main/adapters/training/flow'
import { classifierTrainingConfig } from '../../../main/adapters/training/classifier/trainingConfig'
import { flowTrainingConfig } from '../../../main/adapters/training/flow/trainingConfig'
import { packageSimplifier } from '../../../main/adapters/training/simplifier'
import { simplifierTrainingConfig } from '../../../main/adapters/training/simplifier/trainingConfig'
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

it.each([
  ['effusion-128', classifierTrainingConfig],
  ['glow-cxr-128', flowTrainingConfig],
  ['simplifier-effusion-128', simplifierTrainingConfig],
])('the configuration of %s keeps the order of its keys: checkpoints compare it as text', (name, schema) => {
  const file = join(import.meta.dirname, '../../../models', name, 'training.json')
  const given = JSON.parse(readFileSync(file, 'utf8')) as object
  const kept = Object.entries(schema.parse(given)).filter(([key]) => key in given)
  expect(JSON.stringify(Object.fromEntries(kept))).toBe(JSON.stringify(given))
})
