import * as tf from '@tensorflow/tfjs-core'
import { seededRng } from '../rng'
import { candidateOf, search, type Search, type SearchOptions } from './search'
import { retention } from './choose'
import { detailLeft, detailSigmas, fineDetailLeft } from './detailLeft'
import { measureEnding, type Ending } from './ending'
import { pointOf } from './figures'
import { measureFilm, type FilmReading } from './film'
import { namesWeights } from './network'
import type { AuditOutcome, AuditPoint } from './outcome'
import type { PathStop } from './path'
import { AUDIT_PRESETS, matchingObjective, settingsRecord, type AuditSettings } from './presets'
import { withoutMaking } from './prepareSteps'
import { prepareProblem, type AuditProblem } from './problem'
import { AuditProgress } from './progress'
import { RIVALS } from './rivals'
import { repeatSearch, type Repeats } from './repeatability'
import type { AuditControl, AuditDependencies, AuditRequest, PictureAudit } from './request'
import { auditWarnings, type MissingPart } from './warnings'

/**
 * Audits one picture: looks for the simplest 8-bit picture that the classifier uses as it uses this one (Schirrmeister
 * et al. 2022, post-training audit), keeps the whole way, certifies what is retained and measures cheap rivals.
 * Deterministic for one seed, backend, thread count and version; on a busy machine a gradient match may differ. Leaves no tensors behind.
 */
export async function auditPicture(
  dependencies: AuditDependencies,
  request: AuditRequest,
  control: AuditControl = {},
): Promise<PictureAudit> {
  const startedAt = dependencies.now()
  const settings = request.settings ?? AUDIT_PRESETS[request.preset]
  const problem = prepareProblem({
    flow: dependencies.flow,
    network: dependencies.network,
    filmLevels: request.filmLevels,
    objective: matchingObjective(request.objective),
    keep: request.keep ?? null,
    noiseDraws: settings.noiseDraws,
    // Not the search's own stream: further seeds are judged under the same noises.
    rng: seededRng(request.seed).fork('noises'),
    ...(dependencies.compiler ? { compiler: dependencies.compiler } : {}),
  })
  const run: Run = {
    request,
    settings,
    seconds: () => (dependencies.now() - startedAt) / 1000,
    cancelled: () => control.signal?.aborted ?? false,
    emit: control.onEvent ?? (() => undefined),
    progress: new AuditProgress({ runs: request.repeat ? 3 : 1, length: settings.path.steps }),
  }
  try {
    const film = measureFilm(problem)
    run.emit(startedEvent(film))
    await tf.nextFrame()
    const way = await walk(problem, run, film)
    const { jpeg } = dependencies
    run.emit({ kind: 'progress', progress: run.progress.ending(run.seconds()) })
    // who cancels does not wait for graphs that were not there yet
    const ended = run.cancelled() ? withoutMaking(problem) : problem
    const ending = await measureEnding(ended, { ...way, film, jpeg, cancelled: run.cancelled })
    const missing = run.cancelled() ? missingParts(problem, request, { way, ending }) : []
    const fineDetail = fineDetailLeft(problem, way.search.chosen.shares)
    return resultOf(run, { film, way, ending, missing, fineDetail })
  } finally {
    problem.dispose()
  }
}

interface Run {
  readonly request: AuditRequest
  readonly settings: AuditSettings
  readonly seconds: () => number
  readonly cancelled: () => boolean
  readonly emit: NonNullable<AuditControl['onEvent']>
  readonly progress: AuditProgress
}

interface Way {
  readonly search: Search
  readonly points: AuditPoint[]
  /** `DetailLeft.map` of each stop. */
  readonly details: Uint8Array[]
  readonly firstUsableSeconds: number | null
  readonly repeats: Repeats | null
}

async function walk(problem: AuditProblem, run: Run, film: FilmReading): Promise<Way> {
  const points: AuditPoint[] = []
  const details: Uint8Array[] = []
  let firstUsableSeconds: number | null = null
  let running = 1
  const onStop = (stop: PathStop, frame: number) => {
    const seconds = run.seconds()
    if (running === 1) {
      const detail = detailLeft(problem, stop.shares)
      const point = { ...pointOf(stop, { seconds, frame }, film), detail: detail.scales }
      points.push(point)
      details.push(detail.map)
      const whole = problem.kept === null
      const usable = isUsable(stop, { film, settings: run.settings, whole })
      // no estimate is made of a part
      const { levels: picture, map } = stop
      run.emit({ kind: 'point', point, picture, map, detail: detail.map, usable: usable || !whole })
      if (usable) firstUsableSeconds ??= seconds
    }
    run.emit({ kind: 'progress', progress: run.progress.walked(running, stop.step, seconds) })
  }
  const { settings, cancelled, request } = run
  const options: SearchOptions = {
    settings,
    rng: seededRng(request.seed),
    cancelled,
    film,
    guess: request.guess ?? null,
    onStop,
  }
  const first = await search(problem, options)
  running = 2
  const further = { ...options, seed: request.seed, onRun: () => running++ }
  const repeats = request.repeat && !cancelled() ? await repeatSearch(problem, first, further) : null
  return { search: first, points, details, firstUsableSeconds, repeats }
}

/** A picture is of use once it has at most this share of the film's bits: the search starts at nearly all of them. */
const USABLE_SHARE = 0.5

/** Retained, and simpler by something: of a film of which a part must stay, by anything at all. */
function isUsable(stop: PathStop, by: { film: FilmReading; settings: AuditSettings; whole: boolean }): boolean {
  const { film, settings, whole } = by
  const { probability, filmDecision: decision } = film
  const retained = retention(candidateOf(stop, film), { probability, decision }, settings.limits) === 'retained'
  return retained && stop.bits <= (whole ? USABLE_SHARE : 1) * film.filmBits
}

function startedEvent(film: FilmReading): Parameters<Run['emit']>[0] {
  return {
    kind: 'started',
    originalMap: film.map,
    originalBits: film.figures.bits,
    originalBpd: film.figures.bpd,
    originalProbability: film.probability,
    originalMatchingDistance: film.figures.matchingDistance,
    flatBits: film.flatBits,
    flatMap: film.flatMap,
    threshold: film.threshold,
  }
}

/** What a cancel cost beside the search. */
function missingParts(
  { network }: AuditProblem,
  { repeat }: AuditRequest,
  { way, ending }: { way: Way; ending: Ending },
): MissingPart[] {
  const rivals = ending.rivals.length
  return [
    ...(repeat && !way.repeats ? (['repeats'] as const) : []),
    ...(namesWeights(network) && !ending.certificate.gradientDistance ? (['gradientDistance'] as const) : []),
    ...(rivals < RIVALS ? ([rivals === 0 ? 'rivals' : 'someRivals'] as const) : []),
  ]
}

function resultOf(
  run: Run,
  of: { film: FilmReading; way: Way; ending: Ending; missing: readonly MissingPart[]; fineDetail: Uint8Array },
): PictureAudit {
  const { film, way, ending, missing, fineDetail } = of
  const { chosen, choice, stops, complete } = way.search
  const outcome: AuditOutcome = {
    objective: run.request.objective,
    preset: run.request.preset,
    seed: run.request.seed,
    settings: {
      ...settingsRecord(run.settings, run.request.objective),
      start: run.request.guess ? 'estimate' : 'film',
      ...(run.request.keep ? { keptPixels: run.request.keep.reduce((sum, kept) => sum + kept, 0) } : {}),
    },
    flatBits: film.flatBits,
    original: film.figures,
    simplified: { ...ending.figures, step: chosen.step, pressure: chosen.pressure, frame: choice.index },
    decisionKept: choice.retention !== 'lost' && ending.certificate.decisionKept,
    threshold: film.threshold,
    certificate: ending.certificate,
    rivals: ending.rivals,
    path: way.points,
    detailSigmas: detailSigmas(Math.sqrt(film.dimensions)),
    // what counts is the search: a picture that it chose to its end is as good without what was left unmeasured
    stopped: complete ? 'finished' : 'cancelled',
    firstUsableSeconds: way.firstUsableSeconds,
    seconds: run.seconds(),
    warnings: auditWarnings({
      retention: choice.retention,
      draws: ending.certificate.draws,
      searchCut: !complete,
      missing,
      diverged: way.search.diverged,
      matchingDistance: chosen.distance,
      bpd: { film: film.figures.bpd, simplified: ending.figures.bpd },
      filmDecisionSteady: film.steady,
    }),
  }
  return {
    outcome,
    ...framesOf(stops, way.details, film.dimensions),
    originalMap: film.map,
    flatMap: film.flatMap,
    simplifiedMap: ending.map,
    simplifiedPicture: chosen.levels,
    fineDetail,
  }
}

function framesOf(
  stops: readonly PathStop[],
  left: readonly Uint8Array[],
  pixels: number,
): Pick<PictureAudit, 'pictures' | 'maps' | 'details'> {
  const pictures = new Uint8Array(stops.length * pixels)
  const maps = new Float32Array(stops.length * pixels)
  const details = new Uint8Array(stops.length * pixels)
  stops.forEach(({ levels, map }, i) => {
    pictures.set(levels, i * pixels)
    maps.set(map, i * pixels)
  })
  left.forEach((detail, i) => details.set(detail, i * pixels))
  return { pictures, maps, details }
}
