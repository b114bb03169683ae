import type { EngineParams, EngineResult, Progress } from '../../../contract'
import type { Compiler } from '../../engine/tensor'
import type { ModelStore } from '../../ports'
import type { ReadyModels } from '../compute'

/** What is trained, on what, and into which folder; flow, classifier and simplifier are asked and answered alike. */
export type TrainingCall = EngineParams<'trainFlow' | 'trainClassifier' | 'trainSimplifier'>

/** The run's folder and what was measured of it: of the whole training, or as far as it came before it was stopped. */
export type TrainingAnswer = EngineResult<'trainFlow' | 'trainClassifier' | 'trainSimplifier'>

/** What a training needs from outside. */
export interface TrainingTools {
  /** A sign of life as it goes. */
  readonly emit: (progress: Progress) => void
  /** Ends it early: what is there is kept, and the next call may go on from it. */
  readonly signal: AbortSignal
  /** Runs the steps. */
  readonly compiler: Compiler
  /** Models of this installation as they are stored, and ready to compute with. */
  readonly models: ModelStore
  readonly ready: ReadyModels
}
