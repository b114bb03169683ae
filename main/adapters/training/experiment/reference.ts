import { join } from 'node:path'
import type { Cell } from '../../../../contract'
import { scoresOf } from './measure'
import { tellProgress, type Reference, type Run } from './run'
import { disposeTrained, train, type TrainingProblem } from './training'

const CHECKPOINT_EVERY = 100
const NOTHING_DONE = { classifier: 0, joint: 0, condensing: 0 }

/**
 * The scores of a classifier on plain originals, trained once a seed.
 *
 * @param problem a classifier alone
 * @returns null where it was stopped
 */
export async function referenceOf(run: Run, cell: Cell, problem: TrainingProblem): Promise<Reference | null> {
  const known = run.references.get(cell.seed)
  if (known) return known
  const folder = join(run.folder, 'checkpoints', `reference-seed${cell.seed}`)
  const checkpointEvery = Math.min(CHECKPOINT_EVERY, run.experiment.checkpointEvery)
  const trained = await train(
    problem,
    { set: run.sets.train, folder, checkpointEvery, compiler: run.compiler },
    {
      signal: run.signal,
      onStep: (_, step, seconds) => {
        run.pace.measured('classifier', seconds)
        const note = `classifier on originals, seed ${cell.seed}, step ${step}`
        tellProgress(run, cell, { step: 0, of: 1, done: NOTHING_DONE, note })
      },
      onPoint: () => Promise.resolve(),
      onCheckpoint: () => Promise.resolve(),
    },
  )
  if (!trained) return null
  const { net, params } = trained.classifier
  const found = {
    validation: scoresOf(net, params, run.sets.validation),
    test: scoresOf(net, params, run.sets.test),
  }
  disposeTrained(trained)
  run.references.set(cell.seed, found)
  return found
}
