import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { hashOf } from '../../../main/adapters/files'
import { writeModelFolder } from '../../../main/adapters/training/modelFolder'
import { temporaryFolder } from '../../support/temporaryFolder'

const manifest = { licence: 'MIT', data: [], command: 'train', seed: 1, steps: 2, versions: {}, metrics: {} }
const files = { 'model.json': '{}\n', 'weights.safetensors': Uint8Array.of(1, 2, 3) }

it('a model folder holds its files, and a manifest that knows them by hash', async () => {
  const out = join(temporaryFolder(), 'models', 'a')
  await writeModelFolder(out, files, manifest)
  expect(readFileSync(join(out, 'model.json'), 'utf8')).toBe('{}\n')
  expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))).toEqual({
    files: { 'model.json': hashOf('{}\n'), 'weights.safetensors': hashOf(Uint8Array.of(1, 2, 3)) },
    ...manifest,
  })
})

it('nothing is written where the manifest is none', async () => {
  const out = join(temporaryFolder(), 'a')
  await expect(writeModelFolder(out, files, { ...manifest, seed: 0.5 })).rejects.toThrow(/seed/)
  expect(existsSync(out)).toBe(false)
})
