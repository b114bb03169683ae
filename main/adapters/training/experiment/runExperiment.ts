import { execFile } from 'node:child_process'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import {
  SimpleBitsError,
  type Cell,
  type Experiment,
  type ExperimentEvent,
  type ExperimentRun,
} from '../../../../contract'
import { cellsOf, checkedExperiment } from '../../../domain/experiments'
import type { Compiler } from '../../../engine/tensor'
import type { ComputeBackend } from '../../../ports'
import { dataHashes, loadExperimentData } from '../../experimentData'
import type { ReadyModels } from '../../compute'
import { runCondensationCell } from './condensationCell'
import { Pace } from './pace'
import { forFlow } from './pictures'
import type { Run } from './run'
import { readExperimentRun, readResults, writeExperimentRun, writeResult } from '../../runs'
import { runSimplificationCell } from './simplificationCell'

interface ExperimentRequest {
  readonly experiment: unknown
  /** The data folder. */
  readonly data: string
  /** The run folder; its name is the run's id. */
  readonly out: string
  readonly resume: boolean
}

interface ExperimentTools {
  readonly models: ReadyModels
  readonly compiler: Compiler
  readonly backend: Pick<ComputeBackend, 'name' | 'versions'>
  readonly signal: AbortSignal
  readonly emit: (event: ExperimentEvent) => void
}

/**
 * Runs an experiment's cells one after the other. The folder says all of it: `run.json` (configuration, revision, hashes,
 * results), `log.jsonl` (curves), `results/<cell>.json`, `samples/<cell>.{png,json}`, `checkpoints/`. A cell that is done is not
 * done again; one that was cut off goes on from its last checkpoint and ends where it would have ended.
 *
 * @throws SimpleBitsError BAD_REQUEST (the field by name; a folder that holds another run), DATA_MISSING, MODEL_NOT_FOUND
 */
export async function runExperiment(request: ExperimentRequest, tools: ExperimentTools): Promise<ExperimentRun> {
  const config = checkedExperiment(request.experiment)
  const before = await earlierRun(request, config)
  const flow = await tools.models.flow(config.flow)
  const sets = await loadExperimentData(request.data, config.data)
  const cells = cellsOf(config)
  const run: Run = {
    experiment: config,
    folder: request.out,
    sets: forFlow(sets, { name: flow.name, config: flow.flow.config }),
    flow: flow.flow,
    compiler: tools.compiler,
    signal: tools.signal,
    emit: tools.emit,
    cells,
    pace: new Pace(config, cells),
    references: new Map(),
  }
  const hashes = { ...(await dataHashes(request.data, sets.files)), [`models/${flow.name}`]: flow.sha256 }
  refuseOthers(before, hashes)
  const record = new RunRecord(request.out, {
    version: 1,
    id: basename(request.out),
    experiment: config,
    state: 'running',
    error: null,
    endedAt: null,
    startedAt: before?.startedAt ?? new Date().toISOString(),
    seconds: before?.seconds ?? 0,
    revision: await revision(),
    versions: { node: process.versions.node, ...tools.backend.versions },
    backend: tools.backend.name,
    hashes,
    results: await readResults(request.out),
  })
  await record.write({})
  try {
    for (const cell of cells) if (!(await done(run, cell, record))) return await record.end('paused')
    return await record.end('done')
  } catch (error) {
    await record.end('failed', SimpleBitsError.from(error))
    throw error
  }
}

async function earlierRun({ out, resume }: ExperimentRequest, config: Experiment): Promise<ExperimentRun | null> {
  const before = await readExperimentRun(out)
  if (!before) return null
  if (!resume)
    throw new SimpleBitsError(
      'BAD_REQUEST',
      `${out} already holds a run. Go on with it (--resume) or choose another folder.`,
    )
  // further seeds may join a run: each cell has its own
  const withoutSeeds = (one: Experiment) => JSON.stringify({ ...one, seeds: [] })
  if (withoutSeeds(before.experiment) !== withoutSeeds(config))
    throw new SimpleBitsError('BAD_REQUEST', `${out} holds a run of another experiment. Choose another folder.`)
  return before
}

/** A run goes on with what it began with, or its table would mix two. */
function refuseOthers(before: ExperimentRun | null, hashes: Readonly<Record<string, string>>): void {
  const other = Object.entries(before?.hashes ?? {}).find(([name, hash]) => hashes[name] !== hash)
  if (other)
    throw new SimpleBitsError(
      'BAD_REQUEST',
      `${other[0]} is another than this run began with. Start it anew in another folder.`,
    )
}

/** Whether the cell has its result now. */
async function done(run: Run, cell: Cell, record: RunRecord): Promise<boolean> {
  if (record.has(cell)) return true
  if (run.signal.aborted) return false
  const { experiment: config } = run
  const result =
    config.kind === 'condensation'
      ? await runCondensationCell({ ...run, experiment: config }, cell)
      : await runSimplificationCell({ ...run, experiment: config }, cell)
  if (!result) return false
  await writeResult(run.folder, result)
  await record.add(result)
  run.emit({ kind: 'result', result })
  return true
}

/** `run.json`, written whole at every change. */
class RunRecord {
  private readonly began = performance.now()
  private readonly secondsBefore: number

  constructor(
    private readonly folder: string,
    private run: ExperimentRun,
  ) {
    this.secondsBefore = run.seconds
  }

  has({ id }: Cell): boolean {
    return this.run.results.some((result) => result.cell.id === id)
  }

  add(result: ExperimentRun['results'][number]): Promise<ExperimentRun> {
    return this.write({ results: [...this.run.results, result] })
  }

  end(state: 'paused' | 'done' | 'failed', error: SimpleBitsError | null = null): Promise<ExperimentRun> {
    const endedAt = state === 'paused' ? null : new Date().toISOString()
    return this.write({ state, endedAt, error: error?.toWire() ?? null })
  }

  async write(change: Partial<ExperimentRun>): Promise<ExperimentRun> {
    const seconds = this.secondsBefore + (performance.now() - this.began) / 1000
    this.run = { ...this.run, ...change, seconds }
    await writeExperimentRun(this.folder, this.run)
    return this.run
  }
}

/** The checkout's revision; null where the program does not run from one. */
async function revision(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('git', ['rev-parse', 'HEAD'], { cwd: import.meta.dirname })
    return stdout.trim()
  } catch {
    return null
  }
}
