import { EAGER } from '../tensor'
import { holdsInAll, keptDraws } from './decision'
import { figuresOf, probabilityOf, type Yardstick } from './figures'
import { readUnderNoise } from './noisyReading'
import type { FilmFigures } from './outcome'
import type { AuditProblem } from './problem'
import { measureLevels, scorePicture } from './score'

/** The film's own figures and bit map, which everything else is measured against. */
export interface FilmReading extends Yardstick {
  readonly figures: FilmFigures
  readonly probability: number
  /** Probability at and above which the decision is yes. */
  readonly threshold: number
  readonly map: Float32Array
  /** Bits per pixel of the flat picture; sums to `flatBits`. It is not even: a flow charges more along the edges. */
  readonly flatMap: Float32Array
  /** Whether the film's own decision is the same under every noise draw. */
  readonly steady: boolean
}

/**
 * Scores film and flat picture under all of the problem's noises, and reads the film under each of them. Eagerly: what is
 * measured once, and waited for before the first picture, is not worth a graph. Leaves no tensors behind.
 */
export function measureFilm(of: AuditProblem): FilmReading {
  const problem = { ...of, compiler: EAGER }
  const draws = problem.noises.shape[0]
  const score = scorePicture(problem, problem.film, draws)
  const flat = measureLevels(problem, problem.flat, { draws })
  const { boundary } = problem.network
  const yardstick: Yardstick = {
    dimensions: problem.size * problem.size,
    filmBits: score.bits,
    flatBits: flat.bits,
    boundary,
    filmDecision: score.logit >= boundary,
  }
  const { decisions } = readUnderNoise(problem, problem.film)
  return {
    ...yardstick,
    figures: { ...figuresOf(score, draws, yardstick), matchingDistance: score.distance },
    probability: probabilityOf(score.logit),
    threshold: probabilityOf(boundary),
    map: score.map,
    flatMap: flat.map,
    steady: holdsInAll(keptDraws(decisions, yardstick.filmDecision)),
  }
}
