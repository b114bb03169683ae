import { measureFlow as measure } from '../../training/flow'
import type { Handler } from '../handler'

/** `simplebits train measure-flow`: a flow on what its own training held out, with progress; a cancel ends it without a result. */
export const measureFlow: Handler<'measureFlow'> = (params, call) => measure(params, call)
