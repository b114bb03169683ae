import type { Rng } from '../rng'
import { chooseStop, type Candidate, type Choice } from './choose'
import { probabilityOf, type Yardstick } from './figures'
import { readUnderNoise } from './noisyReading'
import { walkPath, type PathStop } from './path'
import { toPicture } from './picture'
import type { AuditSettings } from './presets'
import type { AuditProblem } from './problem'

export interface SearchOptions {
  readonly settings: AuditSettings
  readonly rng: Rng
  readonly cancelled: () => boolean
  readonly film: Yardstick & { readonly probability: number }
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
}

export async function search(problem: AuditProblem, options: SearchOptions): Promise<Search> {
  const stops: PathStop[] = []
  let diverged = false
  for await (const stop of walkPath(problem, options.settings.path, options)) {
    diverged = ![stop.bits, stop.logit, stop.distance, stop.kl].every(Number.isFinite)
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
      robust: (index) => decisionHolds(problem, stops[index]?.levels, film.filmDecision),
    },
  )
  const chosen = stops[choice.index]
  if (!chosen) throw new RangeError('The choice is none of the stops')
  return { stops, choice, chosen, diverged }
}

export function candidateOf(stop: PathStop, film: Yardstick): Candidate {
  const { bits, distance, kl, logit } = stop
  return { bits, distance, kl, probability: probabilityOf(logit), decision: logit >= film.boundary }
}

/** Whether the decision is the film's under every one of the search's noises: the certificate asks again, under others. */
function decisionHolds(problem: AuditProblem, levels: Uint8Array | undefined, decision: boolean): boolean {
  if (!levels) return false
  const picture = toPicture(levels, problem.size)
  const { decisions } = readUnderNoise(problem, picture, problem.searchNoises)
  picture.dispose()
  return decisions.every((other) => other === decision)
}
