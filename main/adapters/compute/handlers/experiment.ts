import { runExperiment } from '../../training/experiment'
import type { Handler } from '../handler'

/** Runs an experiment in its run folder; a cancel leaves a checkpoint and the state `paused`. */
export const experiment: Handler<'experiment'> = (params, { backend, compiler, prepared, emit, signal }) =>
  runExperiment(params, { models: prepared, compiler, backend, emit, signal })
