import { EAGER } from '../tensor'
import { figuresOf, probabilityOf, type Yardstick } from './figures'
import { readUnderNoise } from './noisyReading'
import type { PictureFigures } from './outcome'
import { toPicture } from './picture'
import type { AuditProblem } from './problem'
import { measureBits, scorePicture } from './score'

/** The film's own figures, which everything else is measured against. */
export interface FilmReading extends Yardstick {
  readonly figures: PictureFigures
  readonly probability: number
  /** Probability at and above which the decision is yes. */
  readonly threshold: number
  readonly map: Float32Array
  /** Whether the film's own decision is the same under every noise draw. */
  readonly steady: boolean
}

/** Eagerly: what is read once, and waited for before the first picture, is not worth a graph. */
export function readFilm(of: AuditProblem): FilmReading {
  const problem = { ...of, compiler: EAGER }
  const draws = problem.noises.shape[0]
  const score = scorePicture(problem, problem.film, draws)
  const flat = toPicture(problem.flat, problem.size)
  const flatBits = measureBits(problem, flat, draws).bits
  flat.dispose()
  const { boundary } = problem.network
  const yardstick: Yardstick = {
    dimensions: problem.size * problem.size,
    filmBits: score.bits,
    flatBits,
    boundary,
    filmDecision: score.logit >= boundary,
  }
  const { decisions } = readUnderNoise(problem, problem.film)
  return {
    ...yardstick,
    figures: figuresOf(score, draws, yardstick),
    probability: probabilityOf(score.logit),
    threshold: probabilityOf(boundary),
    map: score.map,
    steady: decisions.every((decision) => decision === yardstick.filmDecision),
  }
}
