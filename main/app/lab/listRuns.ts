import type { ExperimentRun } from '../../../contract'
import type { RunStore } from '../../ports'

/**
 * All runs, the newest first. A run that says it is running or waiting while nobody computes it was cut off: it is
 * `interrupted`, and can be gone on with.
 *
 * @param active ids of the runs that are computed now, or wait for it
 */
export async function listRuns(runs: RunStore, active: ReadonlySet<string>): Promise<ExperimentRun[]> {
  const found = await runs.list()
  return found.map((run) => (active.has(run.id) ? run : asSeen(run)))
}

/** How a run is shown that nobody computes. */
export function asSeen(run: ExperimentRun): ExperimentRun {
  return run.state === 'running' || run.state === 'queued' ? { ...run, state: 'interrupted' } : run
}
