import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { modelName } from '../../contract'
import { runTrainFlow } from '../../main/adapters/training/flow'
import { drawFlowBatch } from '../../main/adapters/training/flow/batches'
import { loadFlowPictures } from '../../main/adapters/training/flow/flowPictures'
import { flowTrainingConfig } from '../../main/adapters/training/flow/trainingConfig'
import { decodeSafetensors } from '../../main/adapters/tensors'
import { interrupted } from '../support/commandLine'
import { temporaryFolder } from '../support/temporaryFolder'
import { trainingFolder, type ManifestLine } from '../support/trainingFolder'
import { trainingTools } from '../support/trainingTools'

const lines: ManifestLine[] = Array.from({ length: 8 }, (_, i) => ({
  id: `film${i}`,
  split: i % 2 ? 'train_hi' : 'test_hi',
  label: 'No Finding',
  patient: String(100 + i),
}))
const data = trainingFolder(lines, [])
const config = {
  name: 'tiny-flow',
  seed: 5,
  flow: { size: 128, channels: 1, levels: 2, steps: [2, 1], hidden: [4, 6], coupling: 'affine' },
  batch: 2,
  firstBatch: 4,
  steps: 6,
  rate: 0.002,
  warmUp: 1,
  floor: 0.1,
  clip: 50,
  emaDecay: 0.5,
  weightDecay: 0,
  folds: 4,
  augment: { shift: 0.05, scale: 0.1, rotation: 5, flip: 0, gamma: 0 },
  resampledShare: 0.3,
  letterboxedShare: 0.3,
  smoothedShare: 0.5,
  largestBlur: 4,
  checkpointEvery: 3,
  evaluateEvery: 3,
  evaluateFilms: 2,
}
const tools = trainingTools()
const run = (out: string, resume: boolean, by = tools) => runTrainFlow({ config, data, out, resume }, by)
const weightsOf = (out: string) => {
  const { tensors } = decodeSafetensors(readFileSync(join(out, 'weights.safetensors')), 'weights')
  return Object.fromEntries(Object.entries(tensors).map(([name, { data: values }]) => [name, [...values]]))
}
const logOf = (out: string) =>
  readFileSync(join(out, 'log.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { step: number; bpd?: number; heldOut?: Record<string, number> })

describe('training a flow', () => {
  it('leaves weights, a log of every step, held-out figures; stopped and resumed it ends in the same place', async () => {
    const whole = temporaryFolder()
    const { metrics } = await run(whole, false)
    expect(metrics).toMatchObject({ steps: 6, films: { trained: 6, heldOut: 2 } })
    expect(logOf(whole).filter((row) => row.bpd !== undefined)).toHaveLength(6)
    expect(logOf(whole).filter((row) => row.heldOut)).toHaveLength(2)

    const stopped = temporaryFolder()
    const stop = new AbortController()
    const emit = ({ done }: { done: number }) => (done === 4 ? stop.abort() : undefined)
    await run(stopped, false, trainingTools({ emit, signal: stop.signal }))
    expect(logOf(stopped).at(-1)?.step).toBe(4)
    await run(stopped, true)
    expect(weightsOf(stopped)).toEqual(weightsOf(whole))
    expect(logOf(stopped).map((row) => row.step)).toEqual(logOf(whole).map((row) => row.step))
  })

  it('that Ctrl-C ends says how it goes on, and is no finished training: exit 1', async () => {
    const out = temporaryFolder()
    const file = join(out, 'config.json')
    writeFileSync(file, JSON.stringify({ ...config, steps: 10_000 }))
    const args = ['train', 'flow', '--config', file, '--data', data, '--out', out]
    const { code, stdout, stderr } = await interrupted(/bits per dimension/, ...args)
    expect(code).toBe(1)
    expect(stderr).toContain('--resume')
    expect(stderr).not.toContain('Written to')
    expect(JSON.parse(stdout).steps).toBeLessThan(10_000)
  })

  it('refuses to resume what was trained otherwise, and a wrong configuration by the name of its field', async () => {
    const out = temporaryFolder()
    await run(out, false)
    const other = { config: { ...config, rate: 0.1 }, data, out, resume: true }
    await expect(runTrainFlow(other, tools)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    const wrong = { config: { ...config, batch: 0 }, data, out, resume: false }
    await expect(runTrainFlow(wrong, tools)).rejects.toThrow(/batch/)
  })

  it('whose steps are all skipped ends with an error, and not in silence', async () => {
    const small = { ...config.flow, levels: 1, steps: 1, hidden: 2 }
    const unstable = { ...config, flow: small, rate: 1e38, steps: 1000, checkpointEvery: 1000, evaluateEvery: 1000 }
    const request = { config: unstable, data, out: temporaryFolder(), resume: false }
    await expect(runTrainFlow(request, tools)).rejects.toMatchObject({ code: 'TRAINING_FAILED' })
  })

  it('refuses to shrink a flow that it goes on from', async () => {
    const from = { startFrom: 'glow-cxr-128', seed: 0, folds: 10 }
    const request = { config: { ...config, ...from }, data, out: temporaryFolder(), resume: false }
    await expect(runTrainFlow(request, tools)).rejects.toThrow(/startFrom: glow-cxr-128: .*grow/)
  })

  it('goes on with a larger flow where the smaller one was', async () => {
    const trained = await tools.models.load(modelName.parse('glow-cxr-128'))
    if (trained.file.kind !== 'flow') throw new Error('glow-cxr-128 is no flow')
    const before = { ...trained.file.config }
    const flow = { ...before, steps: [13, 12, 8, 8], hidden: [48, 97, 96, 96] }
    const first = async (flow: unknown) => {
      const out = temporaryFolder()
      const from = { startFrom: 'glow-cxr-128', seed: 0, folds: 10, flow, steps: 1 }
      await runTrainFlow({ config: { ...config, ...from }, data, out, resume: false }, tools)
      return JSON.parse(readFileSync(join(out, 'log.jsonl'), 'utf8').split('\n')[0] ?? '').bpd
    }
    expect(await first(flow)).toBeCloseTo(await first(before), 3)
  })

  it('refuses to go on from a flow that has seen what would be held out', async () => {
    const { file, manifest } = await tools.models.describe(modelName.parse('glow-cxr-128'))
    const flow = file.kind === 'flow' ? file.config : null
    const leaking = { ...config, flow, startFrom: 'glow-cxr-128', seed: manifest.seed + 1 }
    const request = { config: leaking, data, out: temporaryFolder(), resume: false }
    await expect(runTrainFlow(request, tools)).rejects.toThrow(/held out/)
    const dealtAnew = { ...leaking, seed: manifest.seed, folds: 7 }
    const other = { ...request, config: dealtAnew, out: temporaryFolder() }
    await expect(runTrainFlow(other, tools)).rejects.toThrow(/folds: .* held out/)
  })

  it('draws other pictures and noise by a drawSeed, and holds out the same ones', async () => {
    const drawn = async (seeds: { drawSeed?: number }) => {
      const training = flowTrainingConfig.parse({ ...config, ...seeds })
      const pictures = await loadFlowPictures(training, data)
      const { x, noise } = drawFlowBatch(pictures, training, 0)
      const values = { x: [...x.dataSync()], noise: [...noise.dataSync()] }
      tf.dispose([x, noise])
      return { ...values, heldOut: pictures.heldOut }
    }
    const expected = await drawn({})
    expect(await drawn({ drawSeed: config.seed })).toEqual(expected)
    const found = await drawn({ drawSeed: config.seed + 1 })
    expect(found.x).not.toEqual(expected.x)
    expect(found.noise).not.toEqual(expected.noise)
    expect(found.heldOut).toEqual(expected.heldOut)
  })
})
