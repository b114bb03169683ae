import * as tf from '@tensorflow/tfjs-core'
import { toPicture } from '../tensor'
import { certify } from './certificate'
import { figuresOf } from './figures'
import type { FilmReading } from './film'
import type { Certificate, PictureFigures, Rival } from './outcome'
import type { AuditProblem } from './problem'
import { repeatabilityOf, type Repeats } from './repeatability'
import { cheapRivals, type JpegRoundTrip } from './rivals'
import { scorePicture } from './score'
import type { Search } from './search'

interface EndingOptions {
  readonly search: Search
  readonly film: FilmReading
  readonly repeats: Repeats | null
  readonly jpeg: JpegRoundTrip
  readonly cancelled: () => boolean
}

/** What is measured once the counterpart stands. */
export interface Ending {
  readonly figures: PictureFigures
  readonly map: Float32Array
  readonly certificate: Certificate
  readonly rivals: Rival[]
}

/**
 * Scores the counterpart under all noises, certifies it and measures the cheap rivals. After a cancel only what is quick:
 * no gradient distance, no (further) rivals.
 */
export async function measureEnding(problem: AuditProblem, options: EndingOptions): Promise<Ending> {
  const { search, film, repeats, cancelled } = options
  const draws = problem.noises.shape[0]
  const picture = toPicture(search.chosen.levels, problem.size)
  try {
    const score = scorePicture(problem, picture, draws)
    await tf.nextFrame()
    const certificate = await certify(problem, picture, {
      filmDecision: film.filmDecision,
      cancelled,
      repeatability: repeats && repeatabilityOf(repeats, score.bits),
    })
    return {
      figures: figuresOf(score, draws, film),
      map: score.map,
      certificate,
      rivals: cancelled() ? [] : await measureRivals(problem, score.bits, options),
    }
  } finally {
    picture.dispose()
  }
}

async function measureRivals(problem: AuditProblem, bits: number, options: EndingOptions): Promise<Rival[]> {
  const { film, jpeg, cancelled } = options
  const rivals: Rival[] = []
  for (const rival of cheapRivals(problem, { bits, jpeg, film })) {
    rivals.push(rival)
    await tf.nextFrame()
    if (cancelled()) break
  }
  return rivals
}
