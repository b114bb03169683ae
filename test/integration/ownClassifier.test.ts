import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { auditRecord, ownTest } from '../../contract'
import { loadBackend } from '../../main/adapters/compute/backend/loadBackend'
import { simplebits } from '../support/commandLine'
import { syntheticFilm, writeDicom } from '../support/dicomWriter'
import { temporaryFolder } from '../support/temporaryFolder'
import { writeUntrainedModels } from '../support/untrainedModels'

/** A third party's architecture and weights (EfficientNet-Lite0), from its folder to an audit record. */
const fixture = join(import.meta.dirname, '..', 'fixtures', 'own-classifier', 'efficientnet-lite0')
const folder = temporaryFolder()
const models = join(folder, 'models')
const film = join(folder, 'film.dcm')

beforeAll(async () => {
  vi.stubEnv('SIMPLEBITS_MODELS', models)
  vi.stubEnv('SIMPLEBITS_STORE', join(folder, 'store'))
  await loadBackend('wasm')
  await writeUntrainedModels(models)
  const pixels = Uint8Array.from({ length: 160 * 140 }, (_, i) => ((i % 160) + Math.floor(i / 160)) % 256)
  await writeFile(film, writeDicom(syntheticFilm(pixels, { width: 160, height: 140 })))
})

/** A busy machine may take minutes for what an idle one does in ten seconds. */
const PATIENCE_MS = 400_000

describe('a classifier from elsewhere on the command line', { timeout: PATIENCE_MS }, () => {
  it('is added after a test on the bundled films, and listed', async () => {
    const added = await simplebits('models', 'add', fixture, '--json')
    expect(added.code).toBe(0)
    const test = ownTest.parse(JSON.parse(added.stdout))
    expect(test.verdict).toBe('audit')
    expect(test.layers).toBe(34)
    expect(test.checks.filter(({ status }) => status === 'failed')).toEqual([])
    const listed = await simplebits('models')
    expect(listed.stdout).toMatch(
      /efficientnet-lite0 {2}classifier {2}[0-9a-f]{12} {2}Own classifier for pleural effusion/,
    )
  })
  it('a second time under the same name: refused', async () => {
    const { code, stderr } = await simplebits('models', 'add', fixture)
    expect(code).toBe(2)
    expect(stderr).toContain('There is a model named efficientnet-lite0 already')
  })
  it('is audited; the record holds its hash, what it saw, and no gradient distance', async () => {
    const out = join(folder, 'out')
    const args = ['audit', film, '--out', out, '--model', 'efficientnet-lite0', '--preset', 'quick']
    expect((await simplebits(...args)).code).toBe(0)
    const record = auditRecord.parse(JSON.parse(readFileSync(join(out, 'film', 'audit.json'), 'utf8')))
    const manifest = readFileSync(join(fixture, 'simplebits-model.json'))
    const { createHash } = await import('node:crypto')
    expect(record.model.sha256).toBe(createHash('sha256').update(manifest).digest('hex'))
    expect(record.own).toMatchObject({ format: 'tfjs-layers', layers: 34 })
    expect(record.own?.resampling).toContain('reduced to 112 × 112')
    expect(record.versions['execution']).toBe('graphs')
    expect(record.certificate.gradientDistance).toBeNull()
    expect(record.certificate.layers.every(({ activationDistance }) => Number.isFinite(activationDistance))).toBe(true)
  })
  it('the gradient match is refused in a sentence', async () => {
    const args = [
      'audit',
      film,
      '--out',
      join(folder, 'no'),
      '--model',
      'efficientnet-lite0',
      '--objective',
      'gradient',
    ]
    const { code, stderr } = await simplebits(...args)
    expect(code).toBe(1)
    expect(stderr).toContain('Choose the activation match')
  })
  it('is removed', async () => {
    expect((await simplebits('models', 'remove', 'efficientnet-lite0')).code).toBe(0)
    expect((await simplebits('models')).stdout).not.toContain('efficientnet-lite0')
  })
})
