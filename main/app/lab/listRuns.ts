import type { ExperimentRun } from '../../../contract'
import type { RunStore } from '../../ports'

/**
 * All runs, the newest first. A run that says it is running while nobody computes it was cut off: it is `interrupted`, and
 * can be gone on with.
 *
 * @param running ids of the runs that are computed now
 */
export async function listRuns(runs: RunStore, running: ReadonlySet<string>): Promise<ExperimentRun[]> {
  const found = await runs.list()
  return found.map((run) =>
    run.state === 'running' && !running.has(run.id) ? { ...run, state: 'interrupted' as const } : run,
  )
}
