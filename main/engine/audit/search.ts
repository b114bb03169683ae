import type { Rng } from '../rng'
import { chooseStop, type Candidate, type Choice } from './choose'
import type { FilmDecision } from './decision'
import { probabilityOf } from './figures'
import type { FilmVerdict } from './film'
import { decisionHolds } from './noisyReading'
import { walkPath, type PathStop } from './path'
import type { AuditSettings } from './presets'
import type { AuditProblem } from './problem'
import { isSound } from './score'

export interface SearchOptions {
  readonly settings: AuditSettings
  readonly rng: Rng
  readonly cancelled: () => boolean
  readonly film: FilmVerdict
  /** See `PathControl`. */
  readonly guess: Uint8Array | null
  readonly onStop: (stop: PathStop, index: number) => void
}

/** One whole way and the stop chosen on it. */
export interface Search {
  readonly stops: readonly PathStop[]
  readonly choice: Choice
  readonly chosen: PathStop
  /** The way ended early because numbers stopped being numbers; what came before stands. */
  readonly diverged: boolean
  /** The way was walked to its end, or ended by itself: no cancel cut it. */
  readonly complete: boolean
}

/**
 * Walks the whole way and chooses a stop of it (`chooseStop`): `options.film` is what the choice is measured against. Ends early,
 * without error, once cancelled or where numbers stop being numbers. Leaves no tensors behind.
 *
 * @throws Error where there are no finite numbers for the very first picture
 */
export async function search(problem: AuditProblem, options: SearchOptions): Promise<Search> {
  const stops: PathStop[] = []
  let diverged = false
  for await (const stop of walkPath(problem, options.settings.path, options)) {
    diverged = !isSound(stop)
    if (diverged) break
    stops.push(stop)
    options.onStop(stop, stops.length - 1)
  }
  if (stops.length === 0) throw new Error('Flow or classifier give no finite numbers for the starting picture')
  const { film, settings } = options
  const choice = chooseStop(
    stops.map((stop) => candidateOf(stop, film)),
    {
      film: { probability: film.probability, decision: film.filmDecision },
      limits: settings.limits,
      // under the noises of the search: the certificate asks again, under others
      robust: (index) => {
        const levels = stops[index]?.levels
        return !!levels && decisionHolds(problem, levels, { decision: film.filmDecision, noises: problem.searchNoises })
      },
    },
  )
  const chosen = stops[choice.index]
  if (!chosen) throw new RangeError('The choice is none of the stops')
  const complete = diverged || stops.at(-1)?.step === settings.path.steps
  return { stops, choice, chosen, diverged, complete }
}

/** A scored stop in the words of the choice. */
export function candidateOf(stop: PathStop, film: FilmDecision): Candidate {
  const { bits, distance, kl, logit } = stop
  return { bits, distance, kl, probability: probabilityOf(logit), decision: logit >= film.boundary }
}
