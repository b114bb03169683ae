import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { SimpleBitsError } from '../../contract'
import { runTrainClassifier } from '../../main/adapters/training/classifier'
import { loadTrainingFilms } from '../../main/adapters/trainingData'
import { HEADS } from '../../main/adapters/trainingData/classifierExamples'
import { FINDINGS } from '../../main/adapters/trainingData/trainingFilm'
import { decodeSafetensors } from '../../main/adapters/tensors'
import { interrupted } from '../support/commandLine'
import { savedModels } from '../support/savedModels'
import { temporaryFolder } from '../support/temporaryFolder'
import { trainingFolder, type ManifestLine } from '../support/trainingFolder'
import { trainingTools } from '../support/trainingTools'

const lines: ManifestLine[] = [
  ...Array.from({ length: 8 }, (_, i) => ({
    id: `film${i}`,
    split: i % 2 ? 'train_hi' : 'test_hi',
    label: i % 4 < 2 ? 'Effusion|Mass' : 'No Finding',
    patient: String(100 + i),
  })),
  { id: 'rx_effusion0', split: 'train', label: 'Effusion', patient: '' },
  { id: 'small', split: 'test64', label: 'No Finding', patient: '300' },
  { id: 'shown', split: 'test_hi', label: 'No Finding', patient: '61' },
]
const data = trainingFolder(lines, ['film0'])
const config = {
  name: 'tiny',
  seed: 3,
  net: { size: 128, channels: 1, width: 4, blocks: [1], activation: 'elu', heads: [...HEADS] },
  steps: 16,
  batch: 4,
  rate: 0.002,
  warmUp: 2,
  floor: 0.1,
  weightDecay: 0.01,
  clip: 5,
  averageDecay: 0.9,
  otherHeads: 0.15,
  teacher: 0.5,
  positives: 0.4,
  mixUp: 0.3,
  augment: { shift: 0.05, scale: 0.1, rotation: 5, flip: 0.5, gamma: 0.2 },
  letterbox: { chance: 0.5, fromShare: 0.5 },
  folds: { count: 2, seed: 1, held: 0 },
  checkpointEvery: 2,
  logEvery: 1,
}
const weightsOf = (out: string) => {
  const { tensors } = decodeSafetensors(readFileSync(join(out, 'weights.safetensors')), 'weights')
  return Object.fromEntries(Object.entries(tensors).map(([name, { data: values }]) => [name, [...values]]))
}

describe('the training films', () => {
  it('leave out the patients of the demonstration films, and know what is unknown', async () => {
    const films = await loadTrainingFilms(data)
    expect(films.map((film) => film.id)).not.toContain('shown')
    expect(films).toHaveLength(lines.length - 1)
    const byId = new Map(films.map((film) => [film.id, film]))
    expect(byId.get('film0')?.labels.slice(0, 5)).toEqual([1, 0, 0, 0, 1])
    expect(byId.get('film0')?.teacher).toEqual(FINDINGS.map(() => 0.25))
    expect(byId.get('rx_effusion0')?.labels.slice(0, 3)).toEqual([1, null, null])
    expect(byId.get('rx_effusion0')?.patientId).toBeNull()
    expect(byId.get('small')).toMatchObject({ native: 64, noFinding: true })
    expect(byId.get('small')?.grey).toHaveLength(256 * 256)
  })

  it('say so where they are missing', async () => {
    await expect(loadTrainingFilms(join(data, 'nowhere'))).rejects.toMatchObject({ code: 'DATA_MISSING' })
  })
})

describe('a classifier training', () => {
  it('that was stopped and resumed ends with the weights of one that was not', async () => {
    const [whole, broken] = [temporaryFolder(), temporaryFolder()]
    const before = tf.memory().numTensors
    const { metrics } = await runTrainClassifier({ config, data, out: whole, resume: false }, trainingTools())
    expect(tf.memory().numTensors).toBe(before)
    expect(metrics).toMatchObject({ step: 16, skipped: 0 })

    const stop = new AbortController()
    const emit = ({ done }: { done: number }) => {
      expect(savedModels()).toBe(1)
      if (done === 3) stop.abort()
    }
    const stopping = trainingTools({ emit, signal: stop.signal })
    const stopped = await runTrainClassifier({ config, data, out: broken, resume: false }, stopping)
    expect(stopped.metrics).toMatchObject({ step: 3, skipped: 0, aucAgainstAll: expect.any(Number) })
    expect(tf.memory().numTensors).toBe(before)
    expect(savedModels()).toBe(0)
    const filed = (name: string) => JSON.parse(readFileSync(join(broken, name), 'utf8')) as unknown
    expect(filed('metrics.json')).toEqual(stopped.metrics)
    expect(filed('training.json')).toEqual(config)
    expect(filed('predictions.json')).toMatchObject({ step: 3 })
    expect(existsSync(join(broken, 'checkpoint.safetensors'))).toBe(true)
    await runTrainClassifier({ config, data, out: broken, resume: true }, trainingTools())
    expect(weightsOf(broken)).toEqual(weightsOf(whole))

    const lines = readFileSync(join(broken, 'log.jsonl'), 'utf8').trim().split('\n')
    const log = lines.map((line) => JSON.parse(line) as { step: number; loss?: number; aucAgainstAll?: number })
    expect(log.filter(({ loss }) => loss !== undefined).map(({ step }) => step)).toEqual(
      Array.from({ length: 16 }, (_, i) => i + 1),
    )
    expect(log.filter(({ aucAgainstAll }) => aucAgainstAll !== undefined).map(({ step }) => step)).toContain(16)
    const { rows } = JSON.parse(readFileSync(join(whole, 'predictions.json'), 'utf8')) as { rows: { id: string }[] }
    expect(rows.length).toBeGreaterThan(2)
    expect(rows.length).toBeLessThan(8)
  })

  it('that Ctrl-C ends says how it goes on, and is no finished training: exit 1', async () => {
    const out = temporaryFolder()
    const file = join(out, 'config.json')
    writeFileSync(file, JSON.stringify({ ...config, steps: 10_000 }))
    const args = ['train', 'classifier', '--config', file, '--data', data, '--out', out]
    const { code, stdout, stderr } = await interrupted(/loss \d/, ...args)
    expect(code).toBe(1)
    expect(stderr).toContain('Stopped; go on with --resume.')
    expect((JSON.parse(stdout) as { step: number }).step).toBeLessThan(10_000)
  })

  it('refuses a wrong configuration and a checkpoint of another one', async () => {
    const out = temporaryFolder()
    const wrong = runTrainClassifier({ config: { ...config, batch: 0 }, data, out, resume: false }, trainingTools())
    await expect(wrong).rejects.toThrow(/batch/)
    await expect(wrong).rejects.toBeInstanceOf(SimpleBitsError)
    await runTrainClassifier({ config: { ...config, steps: 2 }, data, out, resume: false }, trainingTools())
    const other = runTrainClassifier({ config: { ...config, steps: 4 }, data, out, resume: true }, trainingTools())
    await expect(other).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('starts nothing anew over a training that could be gone on with', async () => {
    const out = temporaryFolder()
    const request = { config: { ...config, steps: 2 }, data, out, resume: false }
    await runTrainClassifier(request, trainingTools())
    const kept = ['checkpoint.safetensors', 'log.jsonl'].map((name) => readFileSync(join(out, name)))
    await expect(runTrainClassifier(request, trainingTools())).rejects.toThrow(/--resume/)
    expect(['checkpoint.safetensors', 'log.jsonl'].map((name) => readFileSync(join(out, name)))).toEqual(kept)
  })
})
