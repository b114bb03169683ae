import type { Simplification } from '../../../engine/simplify'
import { bitsOf, meanBpd, scoresOf, type Scores } from './measure'
import { simplifiedSet } from './pictures'
import type { Run } from './run'
import type { Trained } from './training'

/** What the pictures show that settings and checkpoints are chosen by. */
export interface Validated {
  /** Of the simplified ones. */
  readonly bpd: number
  readonly original: Scores
  readonly simplified: Scores
}

export function validated(
  run: Pick<Run, 'sets' | 'flow' | 'compiler'>,
  { net, params }: Trained['classifier'],
  simplification: Simplification,
): Validated {
  const { sets } = run
  const simple = simplifiedSet(sets.validation, simplification)
  return {
    bpd: meanBpd(run, bitsOf(run, simple)),
    original: scoresOf(net, params, sets.validation),
    simplified: scoresOf(net, params, simple),
  }
}
