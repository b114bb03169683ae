import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { experimentRun } from '../../../contract'
import { cellsOf, checkedExperiment, dryRunOf } from '../../../main/domain/experiments'

const folder = join(import.meta.dirname, '../../../experiments')
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>
const smoke = read('smoke.json')

describe('the experiments that come with the product', () => {
  it.each(files)('%s is valid, is named like its file, and has cells of different names', (file) => {
    const experiment = checkedExperiment(read(file))
    expect(`${experiment.name}.json`).toBe(file)
    const ids = cellsOf(experiment).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
  it.each(files)('%s has a dry run of one step at its own sizes', (file) => {
    const experiment = checkedExperiment(read(file))
    const dry = checkedExperiment(dryRunOf(experiment))
    expect(dry).toMatchObject({ seeds: [experiment.seeds[0]], flow: experiment.flow })
    expect(dry.kind === 'condensation' ? dry.iterations : dry.steps).toBe(1)
  })
})

const results = join(import.meta.dirname, '../../../docs/results/runs')

describe('the results that come with the product', () => {
  it.each(readdirSync(results))('%s was made as its experiment’s file says', (file) => {
    const run = experimentRun.parse(JSON.parse(readFileSync(join(results, file), 'utf8')))
    expect(run.experiment).toEqual(checkedExperiment(read(`${run.experiment.name}.json`)))
    expect(run.state).toBe('done')
    expect(run.results).toHaveLength(cellsOf(run.experiment).length)
  })
})

describe('a wrong experiment is refused by the name of its field', () => {
  it.each([
    ['an unknown key', { colour: 'blue' }, /colour/],
    ['a negative λ', { pressures: [1, -1] }, /pressures\.1/],
    ['no data', { data: undefined }, /data/],
    ['a data set that does not exist', { data: { set: 'cats', train: 1, validation: 1, test: 1 } }, /data\.set/],
    ['no seeds', { seeds: [] }, /seeds/],
    ['a flow that is a path', { flow: '../x' }, /flow/],
    ['a batch of nothing', { batch: 0 }, /batch/],
    ['several at once', { tau: 0, steps: 1.5 }, /tau.*|steps.*/],
  ])('%s', (_, change, field) => {
    const wrong = () => checkedExperiment({ ...smoke, ...change })
    expect(wrong).toThrow(field)
    expect(wrong).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }) as Error)
  })
})
