import type { Handler } from '../handler'
import { runTrainSimplifier } from '../../training/simplifier'

/** `simplebits train simplifier`: trains in this process, with progress, and stops at a cancel with a checkpoint. */
export const trainSimplifier: Handler<'trainSimplifier'> = (params, call) => runTrainSimplifier(params, call)
