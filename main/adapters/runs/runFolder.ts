import { appendFile, readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  cellResult,
  curvePoint,
  experimentRun,
  sampleGrid,
  type CellResult,
  type CurvePoint,
  type ExperimentRun,
  type SampleGrid,
} from '../../../contract'
import { writeAtomic } from '../files'

const LOG = 'log.jsonl'

/** Where a cell's checkpoints lie; `stage` is one of the trainings of the cell. */
export function checkpointFolder(
  run: string,
  cell: string,
  stage: 'joint' | 'kept' | 'retraining' | 'condensing',
): string {
  return join(run, 'checkpoints', cell, stage)
}

export async function writeResult(run: string, result: CellResult): Promise<void> {
  await writeAtomic(join(run, 'results', `${result.cell.id}.json`), `${JSON.stringify(result, null, 2)}\n`)
}

/** Results of the cells that are done. */
export async function readResults(run: string): Promise<CellResult[]> {
  const names = await readdir(join(run, 'results')).catch(() => [])
  const files = names.filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    files.map(async (name) => cellResult.parse(JSON.parse(await readFile(join(run, 'results', name), 'utf8')))),
  )
}

export async function appendPoint(run: string, point: CurvePoint): Promise<void> {
  await appendFile(join(run, LOG), `${JSON.stringify(point)}\n`)
}

/** The curves so far; a last line that a kill has cut is left out. */
export async function readPoints(run: string): Promise<CurvePoint[]> {
  const lines = await readFile(join(run, LOG), 'utf8').catch(() => '')
  return lines.split('\n').flatMap((line) => {
    try {
      return [curvePoint.parse(JSON.parse(line))]
    } catch {
      return []
    }
  })
}

/** Drops the points of a cell behind a step: they are written again. */
export async function trimPoints(run: string, cell: string, step: number): Promise<void> {
  const kept = (await readPoints(run)).filter((point) => point.cell !== cell || point.step <= step)
  await writeAtomic(join(run, LOG), kept.map((point) => `${JSON.stringify(point)}\n`).join(''))
}

/** `run.json`; null where the folder holds no run. */
export async function readExperimentRun(run: string): Promise<ExperimentRun | null> {
  const text = await readFile(join(run, 'run.json'), 'utf8').catch(() => null)
  return text === null ? null : experimentRun.parse(JSON.parse(text))
}

/**
 * The last pictures of every cell.
 *
 * @param folder `samples` in a run folder
 */
export async function readSamples(folder: string): Promise<SampleGrid[]> {
  const names = await readdir(folder).catch(() => [])
  const files = names.filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    files.map(async (name) => storedSamples.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))),
  )
}

const bytes = z.base64().transform((text) => Uint8Array.from(Buffer.from(text, 'base64')))
const storedSamples = z.object({ ...sampleGrid.shape, originals: bytes.nullable(), pictures: bytes })

export async function writeExperimentRun(run: string, record: ExperimentRun): Promise<void> {
  await writeAtomic(join(run, 'run.json'), `${JSON.stringify(record, null, 2)}\n`)
}
