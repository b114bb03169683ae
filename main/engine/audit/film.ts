import { EAGER } from '../tensor'
import { holdsInAll, type FilmDecision } from './decision'
import { figuresOf, probabilityOf, type Yardstick } from './figures'
import { pictureKept } from './noisyReading'
import type { FilmFigures } from './outcome'
import type { AuditProblem } from './problem'
import { measureLevels, readPicture, scorePicture } from './score'

/** What the network says of the film: all that a search is chosen by. */
export interface FilmVerdict extends FilmDecision {
  readonly probability: number
}

/** The film's own figures and bit map, which everything else is measured against. */
export interface FilmReading extends Yardstick, FilmVerdict {
  readonly figures: FilmFigures
  /** Probability at and above which the decision is yes. */
  readonly threshold: number
  readonly map: Float32Array
  /** Bits per pixel of the flat picture; sums to `flatBits`. It is not even: a flow charges more along the edges. */
  readonly flatMap: Float32Array
  /** Whether the film's own decision is the same under every noise draw. */
  readonly steady: boolean
}

/** The verdict alone, without any bits; eagerly, as `measureFilm`. */
export function judgeFilm(problem: AuditProblem): FilmVerdict {
  return verdictOf(readPicture({ ...problem, compiler: EAGER }, problem.film).logit, problem)
}

function verdictOf(logit: number, { network: { boundary } }: AuditProblem): FilmVerdict {
  return { boundary, filmDecision: logit >= boundary, probability: probabilityOf(logit) }
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
  const verdict = verdictOf(score.logit, problem)
  const yardstick: Yardstick = {
    ...verdict,
    dimensions: problem.size * problem.size,
    filmBits: score.bits,
    flatBits: flat.bits,
  }
  return {
    ...yardstick,
    figures: { ...figuresOf(score, draws, yardstick), matchingDistance: score.distance },
    probability: verdict.probability,
    threshold: probabilityOf(verdict.boundary),
    map: score.map,
    flatMap: flat.map,
    steady: holdsInAll(pictureKept(problem, problem.film, { decision: verdict.filmDecision })),
  }
}
