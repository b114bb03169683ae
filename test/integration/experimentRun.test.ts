import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { once } from 'node:events'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { experimentRun, type ExperimentEvent, type ExperimentRun } from '../../contract'
import { runExperiment } from '../../main/adapters/training/experiment'
import { createGraphCompiler } from '../../main/adapters/compute/graph'
import { folderRunStore } from '../../main/adapters/runs'
import { csvOf, tablesOf } from '../../main/domain/experiments'
import { naturalFolder } from '../support/naturalFolder'
import { tinyCondensation, tinySimplification } from '../support/tinyExperiments'
import { untrainedFlow } from '../support/untrainedFlow'
import { savedModels } from '../support/savedModels'
import { temporaryFolder } from '../support/temporaryFolder'

const data = naturalFolder(temporaryFolder())
const folder = (name: string) => join(temporaryFolder(), name)
const small = { size: 32, channels: 3, levels: 2, steps: 1, hidden: 4, coupling: 'affine' } as const

const graphs = createGraphCompiler({ note: (message) => expect.unreachable(message) })

async function run(experiment: unknown, out: string, options: { resume?: boolean; stopAt?: number } = {}) {
  const events: ExperimentEvent[] = []
  const stop = new AbortController()
  const emit = (event: ExperimentEvent) => {
    events.push(event)
    if (event.kind === 'point' && event.point.step === options.stopAt) stop.abort()
  }
  const tools = {
    models: untrainedFlow(small),
    backend: { name: 'tensorflow', versions: {} } as const,
    compiler: graphs,
    signal: stop.signal,
    emit,
  }
  return { events, done: await runExperiment({ experiment, data, out, resume: options.resume ?? false }, tools) }
}

/** What two runs of one experiment must share: everything but the time they took. */
const numbersOf = ({ results }: ExperimentRun) => results.map((result) => ({ ...result, seconds: 0 }))
const pointsOf = async (out: string) => (await folderRunStore(join(out, '..')).details('run')).points

describe('a run of an experiment', () => {
  it('leaves a folder that says all of it, killed in between or not', { timeout: 120_000 }, async () => {
    const whole = folder('run')
    const { done, events } = await run(tinySimplification, whole)
    expect(done.state).toBe('done')
    expect(done.results.map(({ cell }) => cell.id)).toEqual([
      'bits-0-seed1',
      'bits-1-seed1',
      'blur-1-seed1',
      'jpeg-30-seed1',
    ])
    for (const { cell, retrained, parts, keptStep } of done.results) {
      expect(retrained === null).toBe(cell.method !== 'bits')
      expect(keptStep === undefined).toBe(cell.id !== 'bits-1-seed1')
      expect(parts?.distractor.before).toEqual(expect.any(Number))
    }
    const written = experimentRun.parse(JSON.parse(readFileSync(join(whole, 'run.json'), 'utf8')))
    expect(written).toEqual(done)
    expect(Object.keys(written.hashes)).toContain('natural/digits28-images-ubyte.gz')
    for (const { cell } of done.results) {
      expect(existsSync(join(whole, 'results', `${cell.id}.json`))).toBe(true)
      expect(
        readFileSync(join(whole, 'samples', `${cell.id}.png`))
          .subarray(1, 4)
          .toString(),
      ).toBe('PNG')
    }
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(['progress', 'point', 'samples', 'result']))
    expect(tablesOf(done).map(({ topic }) => topic)).toEqual(['distractors', 'retraining'])
    expect(csvOf(done).trim().split('\r\n')).toHaveLength(5)

    const killed = folder('run')
    await killedAt('bits-1-seed1 10', killed)
    const { done: resumed } = await run(tinySimplification, killed, { resume: true })
    expect(numbersOf(resumed)).toEqual(numbersOf(done))
    const steps = (points: Awaited<ReturnType<typeof pointsOf>>) =>
      points.map(({ cell, step, phase }) => ({ cell, step, phase }))
    expect(steps(await pointsOf(killed))).toEqual(steps(await pointsOf(whole)))
  })

  it('stops at a checkpoint and goes on, and takes no memory along', { timeout: 60_000 }, async () => {
    const experiment = { ...tinySimplification, pressures: [1], baselines: { blur: [], jpeg: [] } }
    const whole = await run(experiment, folder('run'))
    const out = folder('run')
    expect((await run(experiment, out, { stopAt: 10 })).done.state).toBe('paused')
    const models = untrainedFlow(small)
    const before = tf.memory().numTensors
    const tools = {
      models,
      backend: { name: 'tensorflow', versions: {} } as const,
      compiler: graphs,
      signal: new AbortController().signal,
    }
    const resumed = await runExperiment({ experiment, data, out, resume: true }, { ...tools, emit: () => undefined })
    expect(tf.memory().numTensors).toBe(before)
    expect(numbersOf(resumed)).toEqual(numbersOf(whole.done))
    await expect(run(experiment, out)).rejects.toThrow(/--resume/)
    await expect(run({ ...experiment, tau: 4 }, out, { resume: true })).rejects.toThrow(/another experiment/)
  })

  it('condenses, goes on where it was, and leaves no graph behind', { timeout: 60_000 }, async () => {
    const before = savedModels()
    const whole = await run(tinyCondensation, folder('run'))
    expect(savedModels()).toBe(before)
    expect(whole.done.results.map(({ spread }) => typeof spread)).toEqual(['number', 'number'])
    expect(tablesOf(whole.done).map(({ topic }) => topic)).toEqual(['condensation'])
    const out = folder('run')
    expect((await run(tinyCondensation, out, { stopAt: 2 })).done.state).toBe('paused')
    const { done } = await run(tinyCondensation, out, { resume: true })
    expect(numbersOf(done)).toEqual(numbersOf(whole.done))
    expect(savedModels()).toBe(before)
  })

  it('is refused where flow and data do not fit, or data are missing', async () => {
    const films = {
      ...tinySimplification,
      data: { set: 'png-folder', folder: '.', table: 'none.csv', size: 32, train: 1, validation: 1, test: 1 },
    }
    await expect(run(films, folder('run'))).rejects.toMatchObject({ code: 'DATA_MISSING' })
    await expect(run({ ...tinySimplification, pressures: [-1] }, folder('run'))).rejects.toThrow(/pressures\.0/)
  })
})

/** Runs the experiment in a child and kills it, without warning, when it tells of this point. */
async function killedAt(point: string, out: string): Promise<void> {
  const request = JSON.stringify({ experiment: tinySimplification, data, out, resume: false })
  const script = join(import.meta.dirname, '../support/experimentChild.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script, request], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
    if (said.includes(point)) child.kill('SIGKILL')
  })
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
}
