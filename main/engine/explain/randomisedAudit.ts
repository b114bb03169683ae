import { pearson, spearman } from '../metrics'
import { seededRng } from '../rng'
import type { Progress } from '../progress'
import { StepTimes } from '../stepTimes'
import {
  AUDIT_PRESETS,
  detailLeft,
  judgeFilm,
  keepsDecision,
  matchingObjective,
  prepareProblem,
  readLevels,
  search,
  type AuditedNetwork,
  type AuditProblem,
  type AuditSettings,
  type PathStop,
  type SearchModels,
} from '../audit'
import { shuffledNetwork } from './shuffledNetwork'

interface RandomisedRequest {
  readonly picture: Uint8Array
  readonly objective: 'activation' | 'gradient'
  readonly seed: number
  /** In place of the quick preset's. */
  readonly settings?: AuditSettings
}

/** How like two searches' results are. */
interface SearchLikeness {
  /** Pearson correlation of the counterparts' pixels. */
  readonly pixelCorrelation: number
  /** Spearman correlation of the two kept bit maps. */
  readonly mapCorrelation: number
  /** Spearman correlation of the two maps of the detail left. */
  readonly detailCorrelation: number
}

interface RandomisedCheck {
  readonly seed: number
  /** The result with the model's own weights against the one with shuffled weights. */
  readonly shuffled: SearchLikeness
  /** For comparison: two results with the model's own weights, from two seeds. */
  readonly own: SearchLikeness
  /** How differently from the film the model itself uses the two counterparts (matching distance). */
  readonly shuffledDistance: number
  readonly ownDistance: number
  /** Whether the model decides on the shuffled weights' counterpart as on the film. */
  readonly decisionKept: boolean
  readonly seconds: number
}

/** What a counterpart has at each pixel. */
interface KeptMaps {
  /** Bits. */
  readonly bits: Float32Array
  /** Share of the film's detail that is left, 255 all of it. */
  readonly detail: Uint8Array
}

/** The check, and the maps it was made from. */
export interface RandomisedAudit {
  readonly check: RandomisedCheck
  readonly own: KeptMaps
  readonly shuffled: KeptMaps
}

/** Searches that it takes, each of the preset's length. */
export const RANDOMISED_SEARCHES = 3

/**
 * The weight-randomisation check of an audit (after Adebayo et al. 2018): three short searches of the same film, all starting
 * from the film (the instant estimate knows the trained weights): two with the model's own weights, from two seeds, and
 * one with shuffled ones. An audit that explains the model must find another counterpart without what the model has learned;
 * the two seeds say how like two results are anyway.
 *
 * @returns null where it was cancelled before the end
 */
export async function randomisedAudit(
  models: SearchModels,
  request: RandomisedRequest,
  control: {
    readonly onProgress?: (progress: Progress) => void
    readonly signal?: { readonly aborted: boolean }
  } = {},
): Promise<RandomisedAudit | null> {
  const startedAt = models.now()
  const seconds = () => (models.now() - startedAt) / 1000
  const settings = request.settings ?? AUDIT_PRESETS.quick
  const { steps } = settings.path
  const cancelled = () => control.signal?.aborted ?? false
  const random = shuffledNetwork(models.network, seededRng(request.seed).fork('shuffled weights'))
  const total = RANDOMISED_SEARCHES * steps
  const times = new StepTimes(total)
  let run = 0
  const searchWith = async (network: AuditedNetwork, seed: number, what: string) => {
    const problem = problemOf({ ...models, network }, request, settings)
    try {
      const film = judgeFilm(problem)
      const onStop = ({ step }: PathStop) => {
        const done = run * steps + step
        const secondsLeft = times.left(done, seconds())
        const note = `search ${run + 1} of ${RANDOMISED_SEARCHES}, ${what}`
        control.onProgress?.({ done, total, secondsLeft, note })
      }
      const found = await search(problem, { settings, rng: seededRng(seed), cancelled, film, guess: null, onStop })
      run++
      return foundOf(problem, found.chosen)
    } finally {
      problem.dispose()
    }
  }
  try {
    const own = await searchWith(models.network, request.seed, 'real weights')
    if (cancelled()) return null
    const shuffled = await searchWith(random.network, request.seed, 'shuffled weights')
    if (cancelled()) return null
    const again = await searchWith(models.network, request.seed + 1, 'real weights again')
    if (cancelled()) return null
    const judged = judge(problemOf(models, request, settings), shuffled.stop)
    const check = {
      seed: request.seed,
      shuffled: searchLikeness(own, shuffled),
      own: searchLikeness(own, again),
      shuffledDistance: judged.distance,
      ownDistance: own.stop.distance,
      decisionKept: judged.kept,
      seconds: seconds(),
    }
    return { check, own: own.maps, shuffled: shuffled.maps }
  } finally {
    models.compiler?.release(random.network)
    random.dispose()
  }
}

function problemOf(
  models: Omit<SearchModels, 'now'>,
  { picture, objective, seed }: RandomisedRequest,
  { noiseDraws }: AuditSettings,
): AuditProblem {
  return prepareProblem({
    ...models,
    filmLevels: picture,
    objective: matchingObjective(objective),
    noiseDraws,
    rng: seededRng(seed).fork('noises'),
  })
}

/** How the model itself reads a counterpart that was found with other weights. The problem is disposed. */
function judge(problem: AuditProblem, { levels }: PathStop): { distance: number; kept: boolean } {
  try {
    const { distance, logit } = readLevels(problem, levels)
    return { distance, kept: keepsDecision(logit, judgeFilm(problem)) }
  } finally {
    problem.dispose()
  }
}

/** What a search came to. */
interface Found {
  readonly stop: PathStop
  readonly maps: KeptMaps
}

function foundOf(problem: AuditProblem, stop: PathStop): Found {
  return { stop, maps: { bits: stop.map, detail: detailLeft(problem, stop.shares).map } }
}

function searchLikeness(a: Found, b: Found): SearchLikeness {
  return {
    pixelCorrelation: pearson(a.stop.levels, b.stop.levels),
    mapCorrelation: spearman(a.maps.bits, b.maps.bits),
    detailCorrelation: spearman(a.maps.detail, b.maps.detail),
  }
}
