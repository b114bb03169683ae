import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SimpleBitsError, workstationEvent } from '../../../contract'
import { ask } from '../../support/ask'
import { exampleExperiment, exampleResult } from '../../support/exampleExperiment'
import { openLab } from '../../support/openLab'
import { until } from '../../support/processes'
import type { PendingRun } from '../../support/scriptedLab'
import { temporaryFolder } from '../../support/temporaryFolder'

/** The folders of the runs that the engine was asked for, in order. */
const folders = ({ pending }: { pending: readonly PendingRun[] }) => pending.map(({ params }) => basename(params.out))

describe('the queue of runs', () => {
  it('computes one at a time, in order, each in a folder of its own name', async () => {
    const { workstation, engine, events, start, states, told } = await openLab(temporaryFolder())
    const ids = [await start(), await start(), await start({ name: 'other' })]
    expect(ids).toEqual(['tiny', 'tiny-2', 'other'])
    await until(() => engine.pending.length === 1)
    expect(await states()).toEqual({ tiny: 'running', 'tiny-2': 'queued', other: 'queued' })
    for (const [i, id] of ids.entries()) {
      await until(() => engine.pending.length === i + 1)
      expect(engine.pending[i]?.params).toMatchObject({ data: '/data', resume: true })
      await engine.pending[i]?.end('done')
      await until(() => told(id).at(-1) === 'done')
    }
    expect(told('tiny-2')).toEqual(['queued', 'running', 'done'])
    expect(await states()).toEqual({ tiny: 'done', 'tiny-2': 'done', other: 'done' })
    for (const event of events) expect(workstationEvent.safeParse(event).error).toBeUndefined()
    await workstation.close()
  })

  it('gives two runs that are started at once two folders', async () => {
    const { workstation, start } = await openLab(temporaryFolder())
    expect((await Promise.all([start(), start()])).sort()).toEqual(['tiny', 'tiny-2'])
    await workstation.close()
  })

  it('passes curves, pictures, progress and results on, and keeps the results', async () => {
    const { workstation, engine, events, start, run } = await openLab(temporaryFolder())
    const runId = await start()
    await until(() => engine.pending.length === 1)
    const point = { ...{ cell: 'bits-0-seed0', step: 1, of: 20, loss: 2 }, bpd: 3, accuracy: 0.5, auc: null }
    const samples = { ...{ cell: 'bits-0-seed0', size: 1, channels: 1 as const, count: 1 }, labels: ['1'] }
    const progress = { done: 0.5, total: 2, secondsLeft: 12, note: 'classifier' }
    const tell = engine.pending[0]?.options.onEvent
    tell?.({ kind: 'point', point: { ...point, phase: 'joint' } })
    tell?.({
      kind: 'samples',
      samples: { ...samples, originals: null, pictures: new Uint8Array(1), bits: [{ before: null, after: 1 }] },
    })
    tell?.({ kind: 'progress', progress })
    tell?.({ kind: 'result', result: exampleResult(0) })
    expect(events.slice(-4)).toMatchObject([
      { type: 'labPoint', runId, point: { step: 1 } },
      { type: 'labSamples', runId, samples: { count: 1 } },
      { type: 'labProgress', runId, progress },
      { type: 'labRun', run: { id: runId, state: 'running', results: [{ seconds: 30 }] } },
    ])
    expect((await run(runId)).results).toHaveLength(1)
    for (const event of events) expect(workstationEvent.safeParse(event).error).toBeUndefined()
    await workstation.close()
  })

  it('refuses a wrong experiment by field name, and one whose data are missing', async () => {
    const { workstation, engine, states } = await openLab(temporaryFolder())
    const wrong = { ...exampleExperiment(), pressures: [-1] }
    await expect(ask(workstation, 'labStart', { experiment: wrong })).rejects.toMatchObject({
      ...{ code: 'BAD_REQUEST', message: expect.stringContaining('pressures.0') as string },
    })
    const photos = exampleExperiment({ data: { set: 'photos', train: 1, validation: 1, test: 1 } })
    await expect(ask(workstation, 'labStart', { experiment: photos })).rejects.toMatchObject({ code: 'DATA_MISSING' })
    expect(await states()).toEqual({})
    expect(engine.pending).toHaveLength(0)
    await workstation.close()
  })

  it('leaves the engine of the audits alone', async () => {
    const { workstation, engine, auditEngine, start } = await openLab(temporaryFolder())
    await start()
    await until(() => engine.pending.length === 1)
    engine.die()
    engine.pending[0]?.fail(new SimpleBitsError('ENGINE_DIED', 'gone'))
    expect(auditEngine.engine.state().state).toBe('ready')
    await workstation.close()
  })
})

describe('pause, resume, stop, remove', () => {
  it('pauses at a checkpoint and goes on in the same folder', async () => {
    const { workstation, engine, start, told, states } = await openLab(temporaryFolder())
    const runId = await start()
    await until(() => engine.pending.length === 1)
    await ask(workstation, 'labPause', { runId })
    expect(engine.pending[0]?.options.signal?.aborted).toBe(true)
    await engine.pending[0]?.end('paused')
    await until(() => told(runId).at(-1) === 'paused')
    await ask(workstation, 'labResume', { runId })
    await until(() => engine.pending.length === 2)
    expect(engine.pending[1]?.params.out).toBe(engine.pending[0]?.params.out)
    expect(engine.pending[1]?.options.signal?.aborted).toBe(false)
    await engine.pending[1]?.end('done')
    await until(() => told(runId).at(-1) === 'done')
    expect(await states()).toEqual({ tiny: 'done' })
    await workstation.close()
  })

  it('goes on once where it is asked to twice', async () => {
    const { workstation, engine, start, told } = await openLab(temporaryFolder())
    const runId = await start()
    await until(() => engine.pending.length === 1)
    await ask(workstation, 'labPause', { runId })
    await engine.pending[0]?.end('paused')
    await until(() => told(runId).at(-1) === 'paused')
    const resume = () => workstation.call('labResume', { runId })
    expect((await Promise.all([resume(), resume()])).filter(({ ok }) => ok)).toHaveLength(1)
    await until(() => engine.pending.length === 2)
    await engine.pending[1]?.end('done')
    await until(() => told(runId).at(-1) === 'done')
    // a second time would stand in the queue before the next run
    const next = await start()
    await until(() => engine.pending.length === 3)
    expect(folders(engine)).toEqual([runId, runId, next])
    await engine.pending[2]?.end('done')
    await workstation.close()
  })

  it('takes a waiting run out of the queue', async () => {
    const { workstation, engine, start, states } = await openLab(temporaryFolder())
    const [first, second, third] = [await start(), await start(), await start()]
    await until(() => engine.pending.length === 1)
    await ask(workstation, 'labPause', { runId: second })
    await ask(workstation, 'labStop', { runId: third })
    expect(await states()).toEqual({ [first]: 'running', [second]: 'paused', [third]: 'stopped' })
    const last = await start()
    await engine.pending[0]?.end('done')
    await until(() => engine.pending.length === 2)
    expect(folders(engine)).toEqual([first, last])
    expect(await states()).toEqual({ [first]: 'done', [second]: 'paused', [third]: 'stopped', [last]: 'running' })
    await engine.pending[1]?.end('done')
    await workstation.close()
  })

  it('does not call a run ended that was paused before its engine was ready', async () => {
    const { workstation, engine, start, told, run } = await openLab(temporaryFolder())
    const runId = await start()
    await until(() => engine.pending.length === 1)
    await ask(workstation, 'labPause', { runId })
    engine.pending[0]?.fail(new SimpleBitsError('CANCELLED', 'It was cancelled before it began.'))
    await until(() => told(runId).at(-1) === 'paused')
    expect(await run(runId)).toMatchObject({ state: 'paused', error: null, endedAt: null })
    await workstation.close()
  })

  it('ends a stopped run for good; what is finished stays', async () => {
    const { workstation, engine, start, told, run } = await openLab(temporaryFolder())
    const runId = await start()
    await until(() => engine.pending.length === 1)
    await expect(ask(workstation, 'labRemove', { runId })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await ask(workstation, 'labStop', { runId })
    await engine.pending[0]?.end('paused', { results: [exampleResult(0)] })
    await until(() => told(runId).at(-1) === 'stopped')
    expect(await run(runId)).toMatchObject({ endedAt: '2026-01-01T00:00:00.000Z', results: [{ seconds: 30 }] })
    await expect(ask(workstation, 'labResume', { runId })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await workstation.close()
  })

  it('removes a run that nobody computes, folder and all', async () => {
    const { workstation, engine, events, start, told } = await openLab(temporaryFolder())
    const runId = await start()
    await until(() => engine.pending.length === 1)
    await engine.pending[0]?.end('done')
    await until(() => told(runId).at(-1) === 'done')
    await ask(workstation, 'labRemove', { runId })
    expect(events.at(-1)).toEqual({ type: 'labRemoved', runId })
    expect(await ask(workstation, 'labRuns', null)).toEqual([])
    await expect(ask(workstation, 'labRun', { runId })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
    await workstation.close()
  })
})
