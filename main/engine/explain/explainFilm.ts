import * as tf from '@tensorflow/tfjs-core'
import { AUDIT_PRESETS, namesWeights, type AuditSettings, type SearchModels } from '../audit'
import { reportedBits, type PreparedFlow } from '../flow'
import { seededRng, type Rng } from '../rng'
import { StepTimes } from '../stepTimes'
import { bitMapRepeatability, likeness, NOISE_REPEATS, randomisedLikeness, repeatability } from './checks'
import { faithfulness, FAITHFULNESS_PASSES } from './faithfulness'
import { ATTRIBUTIONS, type MethodName } from './methods'
import type { ExplainedFilm, ExplainEvent, MethodRow } from './outcome'
import { RANDOMISED_SEARCHES, randomisedAudit, type RandomisedAudit } from './randomisedAudit'
import { disposeQuestion, Interrupted, questionOf, type Question, type StepControl } from './question'

interface ExplainRequest {
  /** Grey levels of the model's picture, row-major, size × size. */
  readonly picture: Uint8Array
  /** Bits per pixel of the audit's counterpart; null where there was no audit. */
  readonly keptMap: Float32Array | null
  /** Share of the film's detail that it has left, 255 all of it; null also where the audit is of an earlier version. */
  readonly keptDetail: Uint8Array | null
  readonly seed: number
  /**
   * Search too, quickly: with the model's own weights from two seeds and with shuffled ones. Bit map and detail kept then have
   * all checks, and stand in where there was no audit.
   */
  readonly searches: boolean
  /** In place of the quick preset's. */
  readonly settings?: AuditSettings
}

interface ExplainControl {
  readonly onEvent?: (event: ExplainEvent) => void
  /** Once aborted, it ends within about a second with what it has. */
  readonly signal?: { readonly aborted: boolean }
}

/** What one call works with, from method to method. */
interface Run extends StepControl {
  readonly models: SearchModels
  readonly request: ExplainRequest
  readonly question: Question
  readonly rng: Rng
  readonly emit: (event: ExplainEvent) => void
  readonly maps: Map<MethodName, { readonly map: Float32Array; readonly seconds: number | null }>
  readonly rows: MethodRow[]
  searched: RandomisedAudit | null
  note: string
}

/**
 * Grad-CAM, integrated gradients and occlusion of one film's decision, and the same checks for each and for the bit maps:
 * insertion and deletion, likeness under shuffled weights, repeatability under noise. Maps come first, each as soon as it
 * stands. Deterministic for one seed; leaves no tensors behind.
 */
export async function explainFilm(
  models: SearchModels,
  request: ExplainRequest,
  { onEvent: emit = () => undefined, signal }: ExplainControl = {},
): Promise<ExplainedFilm> {
  const { network, flow, now } = models
  const { size } = flow.config
  const startedAt = now()
  const seconds = () => (now() - startedAt) / 1000
  const question = questionOf(network, request.picture, size)
  const total = totalPasses(size, request)
  let done = 0
  const times = new StepTimes(total)
  const run: Run = {
    models,
    request,
    question,
    emit,
    maps: new Map(),
    rows: [],
    searched: null,
    note: '',
    rng: seededRng(request.seed),
    cancelled: () => signal?.aborted ?? false,
    onStep() {
      done++
      const secondsLeft = times.left(done, seconds())
      emit({ kind: 'progress', progress: { done: Math.min(done, total), total, secondsLeft, note: run.note } })
    },
  }
  let stopped: ExplainedFilm['stopped'] = 'finished'
  try {
    await makeMaps(run)
    for (const method of run.maps.keys()) await checkMap(run, method)
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    stopped = 'cancelled'
  } finally {
    disposeQuestion(question)
  }
  const maps = [...run.maps].filter(([method]) => method !== 'random').map(([method, { map }]) => ({ method, map }))
  return { decision: question.decision, maps, rows: run.rows, stopped, seconds: seconds() }
}

async function makeMaps(run: Run): Promise<void> {
  const { question, request, models, rng } = run
  for (const { name, map } of ATTRIBUTIONS) {
    run.note = 'maps'
    const before = models.now()
    const found = await map(question, run)
    keep(run, name, { map: found, seconds: (models.now() - before) / 1000 })
  }
  if (request.searches && namesWeights(question.network)) await searchToo(run)
  keepCounterpart(run)
  const before = models.now()
  const original = originalBits(models.flow, question.film)
  keep(run, 'originalBits', { map: original, seconds: (models.now() - before) / 1000 })
  keep(run, 'random', { map: rng.fork('random order').uniformArray(request.picture.length), seconds: null })
}

/** The maps of the audit's counterpart, else of the short search's. */
function keepCounterpart(run: Run): void {
  const { request, searched } = run
  const seconds = request.keptMap ? null : searchSeconds(run)
  const bits = request.keptMap ?? searched?.own.bits
  if (bits) keep(run, 'keptBits', { map: bits, seconds })
  const detail = request.keptMap ? request.keptDetail : searched?.own.detail
  if (detail) keep(run, 'keptDetail', { map: Float32Array.from(detail, (share) => share / 255), seconds })
}

/** The own checks of the counterpart's maps need searches: the randomised audit's three. */
async function searchToo(run: Run): Promise<void> {
  const { models, request } = run
  run.note = 'short searches for bit map and detail left'
  let steps = 0
  run.searched = await randomisedAudit(
    models,
    { ...request, objective: 'activation' },
    {
      signal: {
        get aborted() {
          return run.cancelled()
        },
      },
      onProgress: ({ done }) => {
        for (; steps < done; steps++) run.onStep()
      },
    },
  )
  if (!run.searched) throw new Interrupted('cancelled')
}

function searchSeconds({ searched }: Run): number | null {
  return searched ? searched.check.seconds / RANDOMISED_SEARCHES : null
}

function keep(run: Run, method: MethodName, made: { map: Float32Array; seconds: number | null }): void {
  run.maps.set(method, made)
  if (method === 'random') return
  run.emit({ kind: 'map', method, map: made.map, decision: run.question.decision })
}

function originalBits(flow: PreparedFlow, film: tf.Tensor4D): Float32Array {
  const { map } = reportedBits(flow, film)
  const values = Float32Array.from(map.dataSync())
  map.dispose()
  return values
}

async function checkMap(run: Run, name: MethodName): Promise<void> {
  const made = run.maps.get(name)
  if (!made) return
  const { question, rng } = run
  const { map, seconds } = made
  run.note = 'insertion and deletion'
  const found = await faithfulness(question, map, { ...run, rng: rng.fork(`ties ${name}`) })
  run.note = 'shuffled weights and repeats'
  const row: MethodRow = { method: name, ...found, ...(await checksOf(run, name, map)), seconds }
  run.rows.push(row)
  run.emit({ kind: 'row', row })
}

type Checks = Pick<MethodRow, 'randomised' | 'repeatability'>

async function checksOf(run: Run, name: MethodName, map: Float32Array): Promise<Checks> {
  const { question, searched, models } = run
  const method = ATTRIBUTIONS.find((one) => one.name === name)
  if (method) {
    const of = { question, map, rng: run.rng.fork(`checks ${name}`) }
    // A network made elsewhere cannot run with other weights: nothing is shown rather than a likeness of 1.
    const randomised = namesWeights(question.network) ? await randomisedLikeness(method, of, run) : null
    return { randomised, repeatability: await repeatability(method, of, run) }
  }
  if (name === 'keptBits' && searched) {
    const { own, shuffled, check } = searched
    return { randomised: likeness(own.bits, shuffled.bits), repeatability: check.own.mapCorrelation }
  }
  if (name === 'keptDetail' && searched) {
    const { own, shuffled, check } = searched
    return { randomised: likeness(own.detail, shuffled.detail), repeatability: check.own.detailCorrelation }
  }
  if (name !== 'originalBits') return { randomised: null, repeatability: null }
  // The film's bit map never asks the classifier: shuffling its weights changes nothing.
  const repeated = bitMapRepeatability(models.flow, question.film, map)
  return { randomised: { spearman: 1, ssim: 1 }, repeatability: repeated }
}

function totalPasses(size: number, request: ExplainRequest): number {
  const { keptMap, keptDetail, searches, settings = AUDIT_PRESETS.quick } = request
  const perMap = ATTRIBUTIONS.reduce((sum, method) => sum + method.passes(size), 0)
  const counterpart = keptMap ? (keptDetail ? 2 : 1) : searches ? 2 : 0
  const ranked = ATTRIBUTIONS.length + counterpart + 2
  const { steps } = settings.path
  return perMap * (2 + NOISE_REPEATS) + FAITHFULNESS_PASSES * ranked + (searches ? RANDOMISED_SEARCHES * steps : 0)
}
