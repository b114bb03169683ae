import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createGraphCompiler } from '../../../main/adapters/compute/graph'
import { installNativeConvolutions } from '../../../main/adapters/compute/backend/nativeConvolutions'
import { installNativeKernels } from '../../../main/adapters/compute/backend/nativeKernels'
import { auditPicture, preparedAudit } from '../../../main/engine/audit'
import { EAGER, type Compiler } from '../../../main/engine/tensor'
import { TINY_SETTINGS, tinyAudit } from '../../support/tinyAudit'

// oneDNN, where it is used, fuses convolutions in graphs alone: equal then up to rounding only
vi.hoisted(() => (process.env['TF_ENABLE_ONEDNN_OPTS'] = '0'))

const notes: string[] = []
let tiny: ReturnType<typeof tinyAudit>
beforeAll(async () => {
  await tf.ready()
  installNativeKernels()
  installNativeConvolutions()
  tiny = tinyAudit()
})
afterAll(() => tiny.dispose())

const request = {
  ...({ preset: 'quick', objective: 'activation', seed: 3, repeat: false } as const),
  settings: TINY_SETTINGS,
}

/** Every stop of the way, bit for bit, and what came of it. */
async function audited(compiler: Compiler) {
  const { outcome, simplifiedPicture, maps } = await auditPicture(
    { ...tiny.dependencies, compiler },
    { ...request, filmLevels: tiny.picture },
  )
  const path = outcome.path.map((stop) => ({ ...stop, seconds: 0 }))
  return { path, simplifiedPicture, maps, decisionKept: outcome.decisionKept }
}

it('an audit is the same with graphs made in it, made ahead, half made ahead, and without', async () => {
  const expected = await audited(EAGER)
  expect(expected.path.length).toBeGreaterThan(3)
  for (const pieces of [0, 5, Infinity]) {
    const compiler = createGraphCompiler({ note: (message) => notes.push(message) })
    const ahead = preparedAudit({ ...tiny.dependencies, compiler }, 'activation')
    const before = tf.memory().numTensors
    for (let i = 0; i < pieces && !ahead.next().done; i++);
    // what is half made rests beside the audit, which takes it over
    expect(await audited(compiler)).toEqual(expected)
    ahead.return()
    expect(tf.memory().numTensors).toBe(before)
    compiler.dispose()
  }
  expect(notes).toEqual([])
})

it('made ahead, an audit traces nothing any more', async () => {
  const compiler = createGraphCompiler({ note: (message) => notes.push(message) })
  expect([...preparedAudit({ ...tiny.dependencies, compiler }, 'activation')].length).toBeGreaterThan(8)
  const prepare = vi.spyOn(compiler, 'prepare')
  await audited(compiler)
  expect(prepare).not.toHaveBeenCalled()
  compiler.dispose()
})

it('cancelled after its first picture, an audit neither makes graphs nor leaves anything of them', async () => {
  const compiler = createGraphCompiler({ note: (message) => notes.push(message) })
  const run = vi.spyOn(compiler, 'run')
  const abort = new AbortController()
  const before = tf.memory().numTensors
  const { outcome } = await auditPicture(
    { ...tiny.dependencies, compiler },
    { ...request, filmLevels: tiny.picture },
    { signal: abort.signal, onEvent: ({ kind }) => kind === 'point' && abort.abort() },
  )
  expect(outcome.stopped).toBe('cancelled')
  expect(outcome.path.map(({ step }) => step)).toEqual([0])
  expect(run).not.toHaveBeenCalled()
  expect(tf.memory().numTensors).toBe(before)
  compiler.dispose()
})
