import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SimpleBitsError } from '../../../contract'
import { folderRunStore } from '../../../main/adapters/runs'
import { ask } from '../../support/ask'
import { exampleResult } from '../../support/exampleExperiment'
import { openLab } from '../../support/openLab'
import { until } from '../../support/processes'
import { temporaryFolder } from '../../support/temporaryFolder'

describe('a run that is cut off', () => {
  it('is interrupted when its engine dies; the next ones and its resume get a fresh engine', async () => {
    const { workstation, engine, start, told, run } = await openLab(temporaryFolder())
    const [first, second] = [await start(), await start()]
    await until(() => engine.pending.length === 1)
    engine.die()
    engine.pending[0]?.fail(new SimpleBitsError('ENGINE_DIED', 'gone'))
    await until(() => told(first).at(-1) === 'interrupted')
    const interrupted = await run(first)
    expect(interrupted).toMatchObject({ error: { code: 'ENGINE_DIED' }, endedAt: null })
    expect(interrupted.error?.message).toContain('resume')
    await until(() => engine.pending.length === 2)
    expect(engine.count.restarts).toBe(1)
    await engine.pending[1]?.end('done')
    await until(() => told(second).at(-1) === 'done')
    await ask(workstation, 'labResume', { runId: first })
    await until(() => engine.pending.length === 3)
    expect(await run(first)).toMatchObject({ state: 'running', error: null })
    await workstation.close()
  })

  it('says what a run failed with, and can be tried again', async () => {
    const { workstation, engine, start, told, run } = await openLab(temporaryFolder())
    const runId = await start()
    await until(() => engine.pending.length === 1)
    engine.pending[0]?.fail(new SimpleBitsError('TRAINING_FAILED', 'The loss is not finite.'))
    await until(() => told(runId).at(-1) === 'failed')
    expect(await run(runId)).toMatchObject({ error: { code: 'TRAINING_FAILED', message: 'The loss is not finite.' } })
    await ask(workstation, 'labResume', { runId })
    await until(() => engine.pending.length === 2)
    await workstation.close()
  })

  it.each(['running', 'queued'] as const)('is interrupted where it is found %s at the start', async (state) => {
    const root = temporaryFolder()
    const before = await openLab(root)
    const runId = await before.start()
    await until(() => before.engine.pending.length === 1)
    await before.engine.pending[0]?.end('paused')
    await until(() => before.told(runId).at(-1) === 'paused')
    await before.workstation.close()
    await folderRunStore(join(root, 'runs')).change(runId, { state, results: [exampleResult(0)] })

    const after = await openLab(root)
    expect(await after.states()).toEqual({ [runId]: 'interrupted' })
    expect(await after.run(runId)).toMatchObject({ state: 'interrupted' })
    expect(after.engine.pending).toHaveLength(0)
    await ask(after.workstation, 'labResume', { runId })
    await until(() => after.engine.pending.length === 1)
    expect(after.told(runId)).toEqual(['queued', 'running'])
    expect((await after.run(runId)).results).toHaveLength(1)
    await after.workstation.close()
  })
})
