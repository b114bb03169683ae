import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { experimentRun, type CellResult, type ExperimentRun } from '../../../contract'
import { findRuns, writeResults } from '../../../main/adapters/runs'
import { csvOf, tablesOf } from '../../../main/domain/experiments'
import smoke from '../../../experiments/smoke.json'
import { temporaryFolder } from '../../support/temporaryFolder'

function result(seed: number, change: Partial<CellResult> = {}): CellResult {
  return {
    cell: { id: `bits-2-seed${seed}`, method: 'bits', value: 2, seed },
    bpd: { original: 5, simplified: 2 + seed, blank: 1 },
    accuracy: { original: 0.8, simplified: 0.9 },
    auc: null,
    reference: { accuracy: 0.85, auc: null },
    retrained: null,
    parts: { labelled: { before: 100, after: 80 }, distractor: { before: 200, after: 10 } },
    ...{ spread: null, seconds: 1, skippedSteps: 0 },
    ...change,
  }
}

function run(results: CellResult[]): ExperimentRun {
  return experimentRun.parse({
    ...{ version: 1, id: 'smoke', experiment: smoke, state: 'done', error: null, startedAt: '2022-01-05T00:00:00Z' },
    ...{ endedAt: null, seconds: 120, revision: null, versions: {}, backend: 'tensorflow', hashes: {}, results },
  })
}

const column = (of: ExperimentRun, heading: string) => {
  const [table] = tablesOf(of)
  const place = table?.cells[0]?.indexOf(heading) ?? -1
  return table?.cells.slice(1).map((row) => row[place])
}

describe('tables of a run', () => {
  it('give means and standard deviations over seeds, a line a setting', () => {
    const both = run([result(0), result(1)])
    expect(column(both, 'bpd after')).toEqual(['2.50 ± 0.71'])
    expect(column(both, 'distractor gone')).toEqual(['95.0 ± 0.0 %'])
    expect(column(both, 'label part kept')).toEqual(['80.0 ± 0.0 %'])
    expect(column(both, 'bits above blank left')).toEqual(['37.5 ± 17.7 %'])
    expect(column(run([result(0)]), 'bpd after')).toEqual(['2.00'])
  })
  it('are of the topics that the run can speak to', () => {
    expect(tablesOf(run([]))).toEqual([])
    expect(tablesOf(run([result(0)])).map(({ topic }) => topic)).toEqual(['distractors'])
    const auc = { original: 0.7, simplified: 0.8 }
    const retrained = { accuracy: { original: 0.7, simplified: 0.75 }, auc }
    const plain = run([result(0, { parts: null, retrained, auc })])
    expect(tablesOf(plain).map(({ topic }) => topic)).toEqual(['tradeoff', 'retraining'])
    expect(column(plain, 'AUC simplified')).toEqual(['80.0 %'])
    expect(column(plain, 'AUC plain')).toEqual(['–'])
  })
  it('are comma-separated values too', () => {
    const [head, line] = csvOf(run([result(0)])).split('\r\n')
    expect(head?.split(',')).toHaveLength(line?.split(',').length ?? 0)
    expect(line).toMatch(/^bits-2-seed0,bits,2,0,5,2,1,/)
  })
})

describe('what is committed of runs', () => {
  it('is a summary, a contact sheet and a page a topic; the tables come out of the summaries again', async () => {
    const root = temporaryFolder()
    mkdirSync(join(root, 'runs', 'smoke', 'samples'), { recursive: true })
    writeFileSync(join(root, 'runs', 'smoke', 'run.json'), JSON.stringify(run([result(0)])))
    writeFileSync(join(root, 'runs', 'smoke', 'samples', 'bits-2-seed0.png'), 'picture')
    writeFileSync(join(root, 'runs', 'smoke', 'samples', 'bits-2-seed0.json'), 'levels')
    const found = await findRuns(join(root, 'runs'))
    await writeResults(found, join(root, 'docs'))
    expect(readdirSync(join(root, 'docs')).sort()).toEqual(['distractors.md', 'img', 'runs', 'samples'])
    const page = readFileSync(join(root, 'docs', 'distractors.md'), 'utf8')
    expect(page).toContain('95.0 %')
    expect(page).toContain('img/lab/smoke-bits-2-seed0.png')
    expect(page).toContain('experiments/smoke.json')
    const again = await findRuns(join(root, 'docs', 'runs'))
    expect(again.flatMap((one) => tablesOf(one.run))).toEqual(found.flatMap((one) => tablesOf(one.run)))
    await expect(findRuns(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  })
})
