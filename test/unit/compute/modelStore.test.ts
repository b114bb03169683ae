import { createHash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, beforeAll, describe, expect, it } from 'vitest'
import { BUNDLED_CLASSIFIER, BUNDLED_FLOW, modelName, type ModelName } from '../../../contract'
import { loadBackend } from '../../../main/adapters/compute/backend/loadBackend'
import { decodeSafetensors, encodeSafetensors } from '../../../main/adapters/tensors'
import { createModelStore } from '../../../main/adapters/weights'
import { temporaryFolder } from '../../support/temporaryFolder'
import { writeUntrainedModels } from '../../support/untrainedModels'

const root = temporaryFolder()
const store = createModelStore([root])
const path = (name: ModelName, file: string) => join(root, name, file)

/** Changes a file and lets the manifest say so, as somebody who swaps weights would. */
async function replace(name: ModelName, file: string, content: Uint8Array | string): Promise<void> {
  await writeFile(path(name, file), content)
  const manifest: { files: Record<string, string> } = JSON.parse(await readFile(path(name, 'manifest.json'), 'utf8'))
  manifest.files[file] = createHash('sha256').update(content).digest('hex')
  await writeFile(path(name, 'manifest.json'), JSON.stringify(manifest))
}

describe('models on disk', () => {
  beforeAll(async () => {
    await loadBackend('wasm')
  })
  beforeEach(() => writeUntrainedModels(root))

  it('load, with the sha256 of their weights', async () => {
    for (const name of [BUNDLED_FLOW, BUNDLED_CLASSIFIER]) {
      const { sha256 } = await store.load(name)
      const bytes = await readFile(path(name, 'weights.safetensors'))
      expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    }
    expect((await store.list()).map(({ name, kind }) => [name, kind])).toEqual([
      [BUNDLED_CLASSIFIER, 'classifier'],
      [BUNDLED_FLOW, 'flow'],
    ])
  })

  it('say in the list how well they did, where their manifest does: two for one finding are told apart', async () => {
    const file = path(BUNDLED_CLASSIFIER, 'manifest.json')
    const manifest: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'))
    const described = async () => (await store.list()).find(({ name }) => name === BUNDLED_CLASSIFIER)?.description
    const plain = 'Classifier for effusion on 128 × 128 pixels'
    await writeFile(file, JSON.stringify({ ...manifest, metrics: {} }))
    expect(await described()).toBe(plain)
    const crossValidated = [{ against: 'no finding', auc: 0.8489, low: 0.81, high: 0.89 }]
    await writeFile(file, JSON.stringify({ ...manifest, metrics: { crossValidated } }))
    expect(await described()).toBe(`${plain}; AUC 0.85 against no finding on held-out films`)
  })

  it('a name that is not there is said by name', async () => {
    const load = store.load(modelName.parse('other'))
    await expect(load).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND', message: expect.stringContaining('other') })
  })

  it.each(['weights.safetensors', 'model.json', 'manifest.json'])('a missing %s is refused by name', async (file) => {
    await rm(path(BUNDLED_FLOW, file))
    const load = store.load(BUNDLED_FLOW)
    await expect(load).rejects.toMatchObject({
      code: 'MODEL_CORRUPT',
      message: expect.stringContaining(`models/${BUNDLED_FLOW}/${file}`),
    })
  })

  it('one changed byte of the weights is refused', async () => {
    const file = path(BUNDLED_FLOW, 'weights.safetensors')
    const bytes = await readFile(file)
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    await writeFile(file, bytes)
    await expect(store.load(BUNDLED_FLOW)).rejects.toMatchObject({
      code: 'MODEL_CORRUPT',
      message: expect.stringContaining('sha256'),
    })
  })

  it('weights of another architecture are refused by the tensor', async () => {
    const weights = await readFile(path(BUNDLED_CLASSIFIER, 'weights.safetensors'))
    await replace(BUNDLED_FLOW, 'weights.safetensors', weights)
    await expect(store.load(BUNDLED_FLOW)).rejects.toMatchObject({
      message: expect.stringMatching(/level0.*is missing/),
    })
  })

  it('a tensor of another shape, or one too many, is refused by name', async () => {
    const file = path(BUNDLED_FLOW, 'weights.safetensors')
    const { tensors } = decodeSafetensors(await readFile(file), 'test')
    const name = 'level0.step0.actnorm.bias'
    const short = { shape: [1], data: new Float32Array(1) }
    await replace(BUNDLED_FLOW, 'weights.safetensors', encodeSafetensors({ ...tensors, [name]: short }))
    await expect(store.load(BUNDLED_FLOW)).rejects.toMatchObject({
      message: expect.stringContaining(`${name} has the shape 1`),
    })
    await replace(BUNDLED_FLOW, 'weights.safetensors', encodeSafetensors({ ...tensors, extra: short }))
    await expect(store.load(BUNDLED_FLOW)).rejects.toMatchObject({ message: expect.stringContaining('extra') })
  })

  it('an unknown key in model.json is refused', async () => {
    const model = JSON.parse(await readFile(path(BUNDLED_FLOW, 'model.json'), 'utf8')) as object
    await replace(BUNDLED_FLOW, 'model.json', JSON.stringify({ ...model, extra: 1 }))
    await expect(store.describe(BUNDLED_FLOW)).rejects.toMatchObject({ code: 'MODEL_CORRUPT' })
  })

  it('a broken one is left out of the list and told of', async () => {
    await writeFile(path(BUNDLED_FLOW, 'manifest.json'), '{')
    const told: string[] = []
    const listed = await createModelStore([root], (name) => told.push(name)).list()
    expect(listed.map(({ name }) => name)).toEqual([BUNDLED_CLASSIFIER])
    expect(told).toEqual([BUNDLED_FLOW])
  })
})
