import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { modelName, OWN_CLASSIFIER_FILE, ownTest } from '../../../contract'
import {
  createModelStore,
  createOwnClassifierShelf,
  createOwnClassifierStore,
  sealOwnClassifier,
} from '../../../main/adapters/weights'
import { handMadeGraph, manifestFor } from '../../support/ownModels'
import { temporaryFolder } from '../../support/temporaryFolder'

const root = temporaryFolder()
const shelfFolder = join(root, 'shelf')
const shelf = createOwnClassifierShelf(shelfFolder, [])
const store = createOwnClassifierStore([shelfFolder])
const name = modelName.parse('nested')
const test = ownTest.parse({
  verdict: 'audit',
  checks: [],
  layers: 2,
  parameters: 10,
  backend: 'tensorflow',
  seconds: 1,
})
let folder: string
let count = 0

async function writeFolder(): Promise<string> {
  const path = join(root, `mine-${count++}`)
  await mkdir(path)
  const files = handMadeGraph()
  for (const [file, bytes] of Object.entries(files)) await writeFile(join(path, file), bytes)
  await writeFile(join(path, OWN_CLASSIFIER_FILE), JSON.stringify(manifestFor(files, { format: 'tfjs-graph' })))
  return path
}

beforeEach(async () => {
  folder = await writeFolder()
  if (existsSync(join(shelfFolder, name))) await shelf.remove(name)
})

describe('the shelf of own classifiers', () => {
  it('takes one in with what its manifest names and nothing else', async () => {
    await writeFile(join(folder, 'secret.txt'), 'x')
    expect(await shelf.add(folder, null)).toBe(name)
    expect((await readdir(join(shelfFolder, name))).sort()).toEqual(['g.bin', 'model.json', OWN_CLASSIFIER_FILE])
    expect((await store.load(name)).files.size).toBe(2)
    expect((await createModelStore([shelfFolder]).list()).map((info) => [info.name, info.kind])).toEqual([
      [name, 'classifier'],
    ])
  })
  it('under another name, with the same hash', async () => {
    await shelf.add(folder, null)
    const other = await shelf.add(folder, modelName.parse('other'))
    expect((await store.describe(other)).sha256).toBe((await store.describe(name)).sha256)
    await shelf.remove(other)
  })
  it('refuses a name that is taken', async () => {
    await shelf.add(folder, null)
    await expect(shelf.add(folder, null)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
  it.each<[string, (path: string) => Promise<void>, string]>([
    ['a changed file', (path) => writeFile(join(path, 'g.bin'), 'other'), 'g.bin'],
    ['no manifest', (path) => writeFile(join(path, OWN_CLASSIFIER_FILE), 'no JSON'), OWN_CLASSIFIER_FILE],
    [
      'an unknown field',
      (path) => writeFile(join(path, OWN_CLASSIFIER_FILE), '{"schema":"simplebits.model/1"}'),
      'format',
    ],
  ])('refuses %s by name and keeps nothing', async (_, spoil, named) => {
    await spoil(folder)
    await expect(shelf.add(folder, null)).rejects.toMatchObject({
      code: 'MODEL_CORRUPT',
      message: expect.stringContaining(named),
    })
    expect(existsSync(join(shelfFolder, name))).toBe(false)
  })
  it('a file that changes on the shelf is refused when it is loaded, and listed as refused where the manifest is broken', async () => {
    await shelf.add(folder, null)
    await writeFile(join(shelfFolder, name, 'g.bin'), 'other')
    await expect(store.load(name)).rejects.toMatchObject({
      code: 'MODEL_CORRUPT',
      message: expect.stringContaining('g.bin'),
    })
    await writeFile(join(shelfFolder, name, OWN_CLASSIFIER_FILE), '{}')
    expect(await store.list()).toMatchObject([{ name, own: null, error: { code: 'MODEL_CORRUPT' } }])
  })
  it('keeps the last test for as long as the files are the same', async () => {
    await shelf.add(folder, null)
    const own = await store.describe(name)
    expect(await shelf.lastTest(own)).toBeNull()
    await shelf.saveTest(own, test)
    expect(await shelf.lastTest(own)).toEqual(test)
    expect(
      await shelf.lastTest({ ...own, sha256: (await import('../../../contract')).sha256.parse('f'.repeat(64)) }),
    ).toBeNull()
  })
  it('remembers which one decides', async () => {
    await shelf.choose(name)
    expect(await createOwnClassifierShelf(shelfFolder, []).chosen()).toBe(name)
  })
  it('seals a folder: hashes of all files of the model', async () => {
    const manifest = { ...manifestFor(handMadeGraph(), { format: 'tfjs-graph' }), files: {} }
    await writeFile(join(folder, OWN_CLASSIFIER_FILE), JSON.stringify(manifest))
    await expect(shelf.add(folder, null)).rejects.toThrow('simplebits models seal')
    expect(await sealOwnClassifier(folder)).toEqual(['g.bin', 'model.json'])
    expect(await shelf.add(folder, null)).toBe(name)
  })
})
