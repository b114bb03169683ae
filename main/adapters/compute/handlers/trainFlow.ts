import { runTrainFlow } from '../../training/flow'
import type { Handler } from '../handler'

/** `simplebits train flow`: trains in this process, with progress, and stops at a cancel with a checkpoint. */
export const trainFlow: Handler<'trainFlow'> = (params, call) => runTrainFlow(params, call)
