import { runTrainClassifier } from '../../training/classifier'
import type { Handler } from '../handler'

/** `simplebits train classifier`: trains in this process, with progress, and stops at a cancel with a checkpoint. */
export const trainClassifier: Handler<'trainClassifier'> = (params, call) => runTrainClassifier(params, call)
