import type { ExperimentEvent, ExperimentRun } from '../../../contract'
import { checkedExperiment } from '../../domain/experiments'
import type { Engine, RunStore } from '../../ports'

interface RunRequest {
  /** What an experiment's file says, or what was built in the window. */
  readonly experiment: unknown
  /** Name of the run folder. */
  readonly runId: string
  readonly data: string
  /** Go on with the run that the folder holds. */
  readonly resume: boolean
}

/**
 * Runs an experiment in its run folder. Ends in the state `paused`, with a checkpoint, when the signal aborts.
 *
 * @throws SimpleBitsError BAD_REQUEST (wrong fields by name; a folder that holds another run), DATA_MISSING, MODEL_NOT_FOUND, ENGINE_DIED
 */
export async function runExperiment(
  { engine, runs }: { engine: Engine; runs: RunStore },
  request: RunRequest,
  options: { onEvent: (event: ExperimentEvent) => void; signal: AbortSignal },
): Promise<ExperimentRun> {
  const { data, resume, runId } = request
  const experiment = checkedExperiment(request.experiment)
  return engine.call('experiment', { experiment, data, out: runs.folderOf(runId), resume }, options)
}
