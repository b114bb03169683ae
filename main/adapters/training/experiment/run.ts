import type { Cell, CurvePoint, Experiment, ExperimentEvent } from '../../../../contract'
import type { Work } from '../../../domain/experiments'
import type { PreparedFlow } from '../../../engine/flow'
import type { Compiler } from '../../../engine/tensor'
import type { ExperimentSets } from '../../experimentData'
import type { Pace } from './pace'
import { appendPoint } from '../../runs'
import type { Scores } from './measure'

/** A run as its cells see it. */
export interface Run<E extends Experiment = Experiment> {
  readonly experiment: E
  readonly folder: string
  readonly sets: ExperimentSets
  readonly flow: PreparedFlow
  /** Runs what is computed step after step. */
  readonly compiler: Compiler
  readonly signal: AbortSignal
  readonly emit: (event: ExperimentEvent) => void
  readonly pace: Pace
  readonly cells: readonly Cell[]
  /** What a classifier trained on plain originals reaches, by seed. */
  readonly references: Map<number, Reference>
}

export interface Reference {
  /** On the pictures that settings are chosen by, and on those that are reported. */
  readonly validation: Scores
  readonly test: Scores
}

/** Writes a point of the curves down and streams it. */
export async function tellPoint(run: Run, point: CurvePoint): Promise<void> {
  await appendPoint(run.folder, point)
  run.emit({ kind: 'point', point })
}

/** Streams how far the whole run is. */
export function tellProgress(run: Run, cell: Cell, now: { step: number; of: number; done: Work; note: string }): void {
  const place = run.cells.findIndex(({ id }) => id === cell.id)
  const seeds = new Set(run.cells.slice(place).map(({ seed }) => seed))
  const missing = [...seeds].filter((seed) => !run.references.has(seed)).length
  const secondsLeft = run.pace.secondsLeft({ place, done: now.done }, missing)
  const progress = { done: place + now.step / now.of, total: run.cells.length, secondsLeft, note: now.note }
  run.emit({ kind: 'progress', progress })
}
