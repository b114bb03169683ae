import { join } from 'node:path'
import { SimpleBitsError } from '../../../contract'
import type { TrainState } from '../../engine/optim'
import { writeAtomic } from '../files'
import { hasCheckpoint, loadCheckpoint } from './checkpoint'
import { prettyJson } from './provenance'
import { trimRunLog } from './runLog'

interface Resumable {
  readonly state: TrainState
  restore(state: TrainState): void
}

/**
 * Makes a run's folder ready for its steps, from the last checkpoint on where that is asked for and there is one.
 * @throws SimpleBitsError BAD_REQUEST (another training's checkpoint, or one that is not to be gone on from and would be lost),
 * MODEL_CORRUPT (checkpoint)
 */
export async function beginRun(
  trainer: Resumable,
  { out, config }: { readonly out: string; readonly config: unknown },
  { resume }: { readonly resume: boolean },
): Promise<void> {
  if (!resume && hasCheckpoint(out))
    throw new SimpleBitsError(
      'BAD_REQUEST',
      `In ${out} lies a training with its checkpoint. Go on with it by --resume, or name another folder with --out.`,
    )
  const resumed = resume ? await loadCheckpoint(out, config) : null
  if (resumed) trainer.restore(resumed)
  await writeAtomic(join(out, 'training.json'), prettyJson(config))
  await trimRunLog(out, trainer.state.step)
}
