import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { experimentRun, type ExperimentRun } from '../../../contract'
import { folderRunStore, withBundledRuns } from '../../../main/adapters/runs'
import { exampleExperiment, exampleResult } from '../../support/exampleExperiment'
import { temporaryFolder } from '../../support/temporaryFolder'

const run = (id: string, startedAt: string): ExperimentRun =>
  experimentRun.parse({
    ...{ version: 1, id, experiment: exampleExperiment(), state: 'done', error: null, startedAt, endedAt: startedAt },
    ...{ seconds: 60, revision: null, versions: {}, backend: 'tensorflow', hashes: {}, results: [exampleResult(2)] },
  })

async function stores() {
  const root = temporaryFolder()
  const results = join(root, 'results')
  mkdirSync(join(results, 'runs'), { recursive: true })
  mkdirSync(join(results, 'samples', 'noise'), { recursive: true })
  for (const id of ['noise', 'made-here'])
    writeFileSync(join(results, 'runs', `${id}.json`), JSON.stringify(run(id, '2026-01-01T00:00:00Z')))
  const picture = Buffer.alloc(16).toString('base64')
  const samples = { cell: 'bits-2-seed0', size: 4, channels: 1, count: 1, originals: picture, pictures: picture }
  writeFileSync(
    join(results, 'samples', 'noise', 'bits-2-seed0.json'),
    JSON.stringify({ ...samples, labels: ['2'], bits: [{ before: 30, after: 10 }] }),
  )
  const own = folderRunStore(join(root, 'own'))
  await own.create(run('made-here', '2026-02-02T00:00:00Z'))
  return { own, results, both: withBundledRuns(own, results) }
}

describe('runs that came with the program', () => {
  it('stand behind those made here, which hide one of the same name', async () => {
    const { both } = await stores()
    const listed = (await both.list()).map(({ id, startedAt }) => `${id} ${startedAt.slice(0, 10)}`)
    expect(listed).toEqual(['made-here 2026-02-02', 'noise 2026-01-01'])
    expect((await both.read('made-here')).startedAt).toBe('2026-02-02T00:00:00Z')
  })
  it('are there although one of them cannot be read', async () => {
    const { both, results } = await stores()
    writeFileSync(join(results, 'runs', 'damaged.json'), '{"id": ')
    expect((await both.list()).map(({ id }) => id)).toEqual(['made-here', 'noise'])
  })
  it('show their pictures, and have no curves', async () => {
    const { both } = await stores()
    const { samples, points, run: found, bundled } = await both.details('noise')
    expect(samples.map(({ cell, count }) => ({ cell, count }))).toEqual([{ cell: 'bits-2-seed0', count: 1 }])
    expect(points).toEqual([])
    expect(bundled).toBe(true)
    expect((await both.details('made-here')).bundled).toBe(false)
    expect(found.results).toHaveLength(1)
  })
  it('cannot be changed or removed', async () => {
    const { own, both } = await stores()
    await expect(both.remove('noise')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(both.change('noise', { state: 'stopped' })).rejects.toThrow(/came with the program/)
    await both.remove('made-here')
    expect(await own.list()).toEqual([])
    await expect(both.read('nothing')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  })
  it('are none where no folder came along', async () => {
    const { own } = await stores()
    expect((await withBundledRuns(own, null).list()).map(({ id }) => id)).toEqual(['made-here'])
  })
})
