import { faultOf, type CaseId, type ErrorCode } from '../../../contract'
import { readInChunks } from '../readFilms'
import type { Worklist } from '../worklist'
import type { WorkstationDeps } from './deps'
import type { Passes } from './passes'
import type { SoundFilm } from './storedCaseOf'

interface ClassifyContext {
  readonly deps: Pick<WorkstationDeps, 'engine' | 'films' | 'classifiers' | 'store' | 'log'>
  readonly worklist: Worklist
  readonly signal: AbortSignal
  readonly passes: Passes
}

/** The engine is gone: whatever is asked next fails too, until it starts again, and then all is asked anew. */
const ENDS_THE_PASS: ReadonlySet<ErrorCode> = new Set(['ENGINE_DIED', 'BACKEND_UNAVAILABLE'])

/**
 * Asks the classifier about films whose cases lack its word, or have it from other weights, calibration or threshold than today's.
 * A pass that is still under way ends; this one ends where the engine is gone, for then films would be decoded in vain.
 */
export async function classifyOutstanding(context: ClassifyContext): Promise<void> {
  const pass = context.passes.begin(context.signal)
  try {
    await passOver(context, pass.signal)
  } finally {
    // Also the films that are being read ahead.
    pass.end()
  }
}

async function passOver(context: ClassifyContext, signal: AbortSignal): Promise<void> {
  const { deps, worklist } = context
  const { sha256, rule } = await deps.classifiers.inUse.get()
  const outstanding = worklist.stored().filter(({ decision }) => decision?.model !== sha256 || decision.rule !== rule)
  const byPath = new Map(outstanding.map((stored) => [deps.store.placeOf(stored).path, stored]))
  const placeOf = (path: string) => {
    const stored = byPath.get(path)
    return stored ? deps.store.placeOf(stored) : { path, key: null }
  }
  for await (const chunk of readInChunks(deps.films, [...byPath.keys()], { confirmed: true, signal, placeOf })) {
    const readable = chunk.flatMap((film) => {
      const stored = byPath.get(film.file)
      return film.error === null && stored?.sha256 === film.header.sha256 ? [{ id: stored.id, film }] : []
    })
    const problem = await classifyCases({ ...context, signal }, readable)
    if (problem !== null && ENDS_THE_PASS.has(problem)) return
  }
}

/** Another classifier decides: what the one before said is shown no more, and every film is asked about again. */
export async function decideAgain(context: ClassifyContext): Promise<void> {
  const { deps, worklist } = context
  worklist.setRules({ classifier: await deps.classifiers.inUse.get() })
  classifyOutstanding(context).catch((error: unknown) => {
    deps.log.error(faultOf(error), 'the films could not be asked about again')
  })
}

/** What an engine that ended left without a decision is asked about again once the next one is ready. */
export function classifyAfterRestarts(context: ClassifyContext): void {
  const { deps, signal } = context
  let former = false
  const stop = deps.engine.onState(({ state }) => {
    if (state === 'ready' && former)
      classifyOutstanding(context).catch((error: unknown) => {
        deps.log.error(faultOf(error), 'the films could not be asked about again')
      })
    former ||= state !== 'starting'
  })
  signal.addEventListener('abort', stop, { once: true })
}

/**
 * Where the engine does not answer, the cases stay without a decision and are asked about when it starts again.
 *
 * @returns why they could not be asked about; null where they were, or another classifier decides by now
 */
export async function classifyCases(
  { deps, worklist, signal }: Omit<ClassifyContext, 'passes'>,
  cases: readonly { id: CaseId; film: SoundFilm }[],
): Promise<ErrorCode | null> {
  if (cases.length === 0) return null
  try {
    const size = cases[0]?.film.input.pixels.length ?? 0
    const pictures = new Uint8Array(cases.length * size)
    cases.forEach(({ film }, i) => pictures.set(film.input.pixels, i * size))
    const classifier = await deps.classifiers.inUse.get()
    const { name, sha256: model, rule } = classifier
    const params = { model: name, pictures, count: cases.length }
    const { rows } = await deps.engine.call('classify', params, { signal })
    // Another one may decide by now: it is asked itself.
    if ((await deps.classifiers.inUse.get()).sha256 !== model) return null
    worklist.setRules({ classifier })
    const changes = cases.flatMap(({ id }, i) => {
      const row = rows[i]
      if (!row || !worklist.has(id)) return []
      return [[id, { decision: { probability: row.probability, present: row.decision, model, rule } }] as const]
    })
    await worklist.changeAll(new Map(changes))
    return null
  } catch (error) {
    const fault = faultOf(error)
    deps.log.warn(fault, 'imported films could not be classified now')
    return fault.code
  } finally {
    for (const { id } of cases)
      if (worklist.has(id) && worklist.activity(id) === 'reading') worklist.setActivity(id, null)
  }
}

/** For the log: a message may name a file, and a file's name a patient; a code does not. */
