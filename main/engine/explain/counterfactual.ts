import { seededRng } from '../rng'
import type { Progress } from '../progress'
import { StepTimes } from '../stepTimes'
import {
  AUDIT_PRESETS,
  isSound,
  levelsKept,
  matchingObjective,
  measureFilm,
  pointOf,
  prepareProblem,
  type AuditProblem,
  type FilmReading,
  type KeptDraws,
  type PathPoint,
  type PathStop,
  type SearchModels,
} from '../audit'
import { COUNTERFACTUAL, pressingSteps, pressOn } from './pressOn'

interface CounterfactualRequest {
  readonly picture: Uint8Array
  /** Levels of the stop to go on from, and the pressure that the audit had reached there. */
  readonly start: Uint8Array
  readonly pressure: number
  readonly objective: 'activation' | 'gradient'
  readonly seed: number
  /** In place of the product's budget. */
  readonly stages?: number
}

/** One picture on the way past the audit's result. */
interface CounterfactualStop {
  readonly point: PathPoint
  readonly picture: Uint8Array
  readonly map: Float32Array
  /** Noise draws under which the decision is still the film's. */
  readonly draws: KeptDraws
}

interface Counterfactual {
  /** The last 8-bit picture with the film's decision; null where already the first one had lost it. */
  readonly lastKept: CounterfactualStop | null
  /** The first with the other decision; null where the search ended without one. */
  readonly firstFlipped: CounterfactualStop | null
  readonly points: PathPoint[]
  /** Pressing alone did not flip it: what was left was faded to grey. */
  readonly faded: boolean
  readonly settings: Record<string, number>
  /** `diverged`: numbers stopped being numbers, so that it was not walked to its end; nothing follows from where it got to. */
  readonly stopped: 'finished' | 'cancelled' | 'diverged'
  readonly seconds: number
}

export type CounterfactualEvent =
  | { readonly kind: 'stop'; readonly point: PathPoint; readonly picture: Uint8Array }
  | { readonly kind: 'progress'; readonly progress: Progress }

/**
 * Presses on where an audit ended (`pressOn`) until the decision flips or nothing but a flat picture is left. It only ever takes
 * away, never pushes towards the other decision: a decision that the empty picture keeps does not flip. Leaves no tensors behind.
 */
export async function findCounterfactual(
  models: SearchModels,
  request: CounterfactualRequest,
  control: {
    readonly onEvent?: (event: CounterfactualEvent) => void
    readonly signal?: { readonly aborted: boolean }
  } = {},
): Promise<Counterfactual> {
  const startedAt = models.now()
  const seconds = () => (models.now() - startedAt) / 1000
  const { stages = COUNTERFACTUAL.stages } = request
  const { path, noiseDraws } = AUDIT_PRESETS.standard
  const problem = prepareProblem({
    ...models,
    filmLevels: request.picture,
    objective: matchingObjective(request.objective),
    noiseDraws,
    rng: seededRng(request.seed).fork('noises'),
  })
  const total = pressingSteps(stages)
  const searched = total - COUNTERFACTUAL.fadeSteps
  const walked: { last: PathStop | null; flipped: PathStop | null; points: PathPoint[] } = {
    last: null,
    flipped: null,
    points: [],
  }
  const cancelled = () => control.signal?.aborted ?? false
  const times = new StepTimes(total)
  let diverged = false
  try {
    const film = measureFilm(problem)
    const rng = seededRng(request.seed).fork('counterfactual')
    for await (const stop of pressOn(problem, { ...request, stages, path, rng, cancelled })) {
      diverged = !isSound(stop)
      if (diverged) break
      const point = pointOf(stop, { seconds: seconds(), frame: walked.points.length }, film)
      walked.points.push(point)
      control.onEvent?.({ kind: 'stop', point, picture: stop.levels })
      const secondsLeft = times.left(stop.step, seconds())
      const note = stop.step > searched ? 'fading what is left to grey' : `weight of bits ${Math.round(stop.pressure)}`
      control.onEvent?.({ kind: 'progress', progress: { done: stop.step, total, secondsLeft, note } })
      if (point.decisionKept) walked.last = stop
      else walked.flipped = stop
      if (walked.flipped) break
    }
    const shown = (stop: PathStop | null) => (stop ? stopOf(problem, stop, { film, points: walked.points }) : null)
    return {
      lastKept: shown(walked.last),
      firstFlipped: shown(walked.flipped),
      points: walked.points,
      settings: { ...COUNTERFACTUAL, stages, startPressure: request.pressure },
      faded: (walked.points.at(-1)?.step ?? 0) > searched,
      stopped: diverged ? 'diverged' : cancelled() ? 'cancelled' : 'finished',
      seconds: seconds(),
    }
  } finally {
    problem.dispose()
  }
}

function stopOf(
  problem: AuditProblem,
  stop: PathStop,
  of: { readonly film: FilmReading; readonly points: readonly PathPoint[] },
): CounterfactualStop {
  const draws = levelsKept(problem, stop.levels, { decision: of.film.filmDecision })
  const point = of.points[stop.step] ?? pointOf(stop, { seconds: 0, frame: stop.step }, of.film)
  return { point, picture: stop.levels, map: stop.map, draws }
}
