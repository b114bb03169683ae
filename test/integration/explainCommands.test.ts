import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { auditRecord, BUNDLED_CLASSIFIER, methodRow } from '../../contract'
import { loadBackend } from '../../main/adapters/compute/backend/loadBackend'
import { simplebits } from '../support/commandLine'
import { syntheticFilm, writeDicom } from '../support/dicomWriter'
import { copyModelAs } from '../support/modelCopy'
import { temporaryFolder } from '../support/temporaryFolder'
import { writeUntrainedModels } from '../support/untrainedModels'

const folder = temporaryFolder()
const models = join(folder, 'models')
const film = join(folder, 'film.dcm')

beforeAll(async () => {
  vi.stubEnv('SIMPLEBITS_MODELS', models)
  await loadBackend('wasm')
  await writeUntrainedModels(models)
  // As a second one of the same finding.
  await copyModelAs(join(models, BUNDLED_CLASSIFIER), models, 'effusion-128-b')
  const pixels = Uint8Array.from({ length: 160 * 140 }, (_, i) => ((i % 160) + Math.floor(i / 160)) % 256)
  await writeFile(film, writeDicom(syntheticFilm(pixels, { width: 160, height: 140 })))
})

describe('audit --fresh', () => {
  it(
    'asks a second classifier about film and result, and keeps its word in the record',
    { timeout: 240_000 },
    async () => {
      const out = join(folder, 'audits')
      const { code, stdout } = await simplebits(
        ...['audit', film, '--out', out, '--preset', 'quick', '--fresh', 'effusion-128-b', '--json'],
      )
      expect(code).toBe(0)
      const record = auditRecord.parse(JSON.parse(stdout))
      expect(record.tests?.randomised).toBeUndefined()
      // The second one is the first under another name: it must agree with the audit's own figures.
      expect(record.tests?.fresh).toMatchObject({ model: { name: 'effusion-128-b' } })
      expect(record.tests?.fresh?.film.probability).toBeCloseTo(record.original.probability, 5)
      expect(record.tests?.fresh?.simplified.probability).toBeCloseTo(record.simplified.probability, 5)
    },
  )

  it('names a classifier that is not there', async () => {
    const { code, stderr } = await simplebits('audit', film, '--out', join(folder, 'none'), '--fresh', 'nobody')
    expect(code).not.toBe(0)
    expect(stderr).toMatch(/MODEL_NOT_FOUND/)
  })
})

describe('benchmark explain', () => {
  it('prints every method’s row of a film and the cohort’s table', { timeout: 240_000 }, async () => {
    // The same film twice counts once.
    const { code, stdout } = await simplebits('benchmark', 'explain', film, film, '--json')
    expect(code).toBe(0)
    const [one, cohort, ...more] = stdout.trim().split('\n')
    expect(more).toEqual([])
    const rows = methodRow.array().parse(Object(JSON.parse(one ?? '')).rows)
    expect(rows.map(({ method }) => method)).toEqual([
      ...['gradCam', 'integratedGradients', 'occlusion', 'keptBits', 'keptDetail', 'originalBits', 'random'],
    ])
    expect(rows.find(({ method }) => method === 'keptBits')?.randomised).not.toBeNull()
    expect(JSON.parse(cohort ?? '')).toMatchObject({ films: 1 })
  })
})
