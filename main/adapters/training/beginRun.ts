import { join } from 'node:path'
import type { TrainState } from '../../engine/optim'
import { writeAtomic } from '../files'
import { loadCheckpoint } from './checkpoint'
import { prettyJson } from './provenance'
import { trimRunLog } from './runLog'

interface Resumable {
  readonly state: TrainState
  restore(state: TrainState): void
}

/**
 * Makes a run's folder ready for its steps, from the last checkpoint on where that is asked for and there is one.
 * @throws SimpleBitsError BAD_REQUEST, MODEL_CORRUPT (checkpoint)
 */
export async function beginRun(
  trainer: Resumable,
  { out, config }: { readonly out: string; readonly config: unknown },
  { resume }: { readonly resume: boolean },
): Promise<void> {
  const resumed = resume ? await loadCheckpoint(out, config) : null
  if (resumed) trainer.restore(resumed)
  await writeAtomic(join(out, 'training.json'), prettyJson(config))
  await trimRunLog(out, trainer.state.step)
}
