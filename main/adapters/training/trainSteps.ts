import { SimpleBitsError } from '../../../contract'
import { StepTimes } from '../../engine/stepTimes'
import { giveWay } from '../compute'
import { appendRunLog } from './runLog'
import type { TrainingTools } from './trainingCall'

/** So many steps that are not finite are no accident. */
const MOST_SKIPPED = 100

/** Where a training stands: steps done, skipped ones included, and those of them that were skipped. */
interface Standing {
  readonly state: { readonly step: number; readonly skipped: number }
}

/** A step that was just taken. */
export interface StepDone {
  /** From 1. */
  readonly step: number
  readonly skipped: number
  /** Since the training began or went on. */
  readonly seconds: number
  /** Null before enough steps were timed. */
  readonly secondsLeft: number | null
  readonly secondsPerStep: number | null
}

export interface TrainingPlan<Report, Measured extends Readonly<Record<string, unknown>> | null> {
  readonly steps: number
  readonly checkpointEvery: number
  /** The run's folder. */
  readonly out: string
  /** Draws the batch of a step, counted from 0, by seed and number alone, and trains on it. */
  take(step: number): Report
  /** Writes it to the log and shows it. */
  told(report: Report, done: StepDone): Promise<void>
  /** Writes checkpoint and weights. @returns what it measured of them, for the log: null where nothing */
  save(): Promise<Measured>
}

/**
 * The steps of a training, from where it stands to its end or until it is stopped; saved on the way and at the end.
 *
 * @returns what was measured of the weights at the end, wherever that came
 * @throws SimpleBitsError TRAINING_FAILED where loss or gradient was not finite too often
 */
export async function trainSteps<Report, Measured extends Readonly<Record<string, unknown>> | null>(
  trainer: Standing,
  plan: TrainingPlan<Report, Measured>,
  { signal }: Pick<TrainingTools, 'signal'>,
): Promise<Measured> {
  const began = performance.now()
  const times = new StepTimes(plan.steps)
  let saved: { readonly measured: Measured } | null = null
  while (trainer.state.step < plan.steps && !signal.aborted) {
    const report = plan.take(trainer.state.step)
    const { step, skipped } = trainer.state
    const seconds = (performance.now() - began) / 1000
    const secondsLeft = times.left(step, seconds)
    if (skipped > MOST_SKIPPED) throw unstable(step, skipped)
    await plan.told(report, { step, skipped, seconds, secondsLeft, secondsPerStep: times.perStep })
    saved = step % plan.checkpointEvery === 0 ? { measured: await plan.save() } : null
    if (saved?.measured) await appendRunLog(plan.out, saved.measured)
    await giveWay()
  }
  return saved ? saved.measured : plan.save()
}

function unstable(step: number, skipped: number): SimpleBitsError {
  return new SimpleBitsError(
    'TRAINING_FAILED',
    `The training became unstable: in ${skipped} of ${step} steps the loss or its gradient was no finite number. Lower the rate in its configuration.`,
  )
}
