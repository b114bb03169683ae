import type { BackendChoice, EngineEvent } from '../../contract'
import { findRuns, folderRunStore, writeResults as writeResultFiles } from '../adapters/runs'
import { applyOverrides, runExperiment } from '../app'
import { checkedExperiment, dryRunOf, tablesOf, tableText, type ResultTable } from '../domain/experiments'
import { terminalEngine } from './parts'

/** A run of an experiment as the command line asks for it. */
interface LabRequest {
  readonly config: unknown
  /** `key=value`, over the file. */
  readonly overrides: readonly string[]
  readonly data: string
  readonly resume: boolean
  readonly dryRun: boolean
}

/** Experiments of the training lab over the real adapters. Close it at the end: the engine is a process. */
export function composeLab(options: { backend: BackendChoice; runs: string }) {
  const engine = terminalEngine(options.backend)
  const runs = folderRunStore(options.runs)
  return {
    async run(
      { config, overrides, data, resume, dryRun }: LabRequest,
      call: { onEvent: (event: EngineEvent<'experiment'>) => void; signal: AbortSignal },
    ) {
      const whole = checkedExperiment(applyOverrides({ ...Object(config) }, overrides))
      const experiment = dryRun ? dryRunOf(whole) : whole
      const runId = dryRun ? `${whole.name}-dry-run` : whole.name
      if (dryRun) await runs.remove(runId)
      const run = await runExperiment({ engine, runs }, { experiment, runId, data, resume }, call)
      return { run, folder: runs.folderOf(runId), tables: tablesOf(run).map((table) => tableText(table, false)) }
    },
    close: () => engine.close(),
  }
}

/** The tables of all runs at these places. */
export async function resultTables(places: readonly string[]): Promise<ResultTable[]> {
  const found = await Promise.all(places.map(findRuns))
  return found.flat().flatMap(({ run }) => tablesOf(run))
}

/** Summaries, contact sheets and a page a topic, as they are committed. */
export async function writeResults(places: readonly string[], out: string): Promise<string[]> {
  const found = await Promise.all(places.map(findRuns))
  return writeResultFiles(found.flat(), out)
}
