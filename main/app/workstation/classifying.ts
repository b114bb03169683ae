import type { CaseId } from '../../../contract'
import { readInChunks } from '../readFilms'
import type { WorkstationDeps } from './deps'
import type { SoundFilm } from './storedCaseOf'
import type { Worklist } from './worklist'

export interface ClassifyContext {
  readonly deps: Pick<WorkstationDeps, 'engine' | 'films' | 'classifiers' | 'store' | 'log'>
  readonly worklist: Worklist
  readonly signal: AbortSignal
}

/** Asks the classifier about films whose cases lack its word, or have it from other weights than today's. */
export async function classifyOutstanding(context: ClassifyContext): Promise<void> {
  const { deps, worklist, signal } = context
  const { sha256 } = await deps.classifiers.inUse.get()
  const outstanding = worklist.stored().filter((stored) => stored.decision?.model !== sha256)
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
    await classifyCases(context, readable)
  }
}

/** Another classifier decides: what the one before said is shown no more, and every film is asked about again. */
export async function decideAgain(context: ClassifyContext): Promise<void> {
  const { deps, worklist } = context
  const { sha256: classifier, threshold } = await deps.classifiers.inUse.get()
  worklist.setRules({ threshold, classifier })
  classifyOutstanding(context).catch((error: unknown) => {
    deps.log.error({ problem: codeOf(error) }, 'the films could not be asked about again')
  })
}

/** What an engine that ended left without a decision is asked about again once the next one is ready. */
export function classifyAfterRestarts(context: ClassifyContext): void {
  const { deps, signal } = context
  let former = false
  const stop = deps.engine.onState(({ state }) => {
    if (state === 'ready' && former)
      classifyOutstanding(context).catch((error: unknown) => {
        deps.log.error({ problem: codeOf(error) }, 'the films could not be asked about again')
      })
    former ||= state !== 'starting'
  })
  signal.addEventListener('abort', stop, { once: true })
}

/** Where the engine does not answer, the cases stay without a decision and are asked about when it starts again. */
export async function classifyCases(
  { deps, worklist, signal }: ClassifyContext,
  cases: readonly { id: CaseId; film: SoundFilm }[],
): Promise<void> {
  if (cases.length === 0) return
  try {
    const size = cases[0]?.film.input.pixels.length ?? 0
    const pictures = new Uint8Array(cases.length * size)
    cases.forEach(({ film }, i) => pictures.set(film.input.pixels, i * size))
    const { name, sha256: model, threshold } = await deps.classifiers.inUse.get()
    const params = { model: name, pictures, count: cases.length }
    const { rows } = await deps.engine.call('classify', params, { signal })
    // Another one may decide by now: it is asked itself.
    if ((await deps.classifiers.inUse.get()).sha256 !== model) return
    worklist.setRules({ threshold, classifier: model })
    const changes = cases.flatMap(({ id }, i) => {
      const row = rows[i]
      if (!row || !worklist.has(id)) return []
      return [[id, { decision: { probability: row.probability, present: row.decision, model } }] as const]
    })
    await worklist.changeAll(new Map(changes))
  } catch (error) {
    deps.log.warn({ problem: codeOf(error) }, 'imported films could not be classified now')
  } finally {
    for (const { id } of cases)
      if (worklist.has(id) && worklist.activity(id) === 'reading') worklist.setActivity(id, null)
  }
}

/** A message may name a file, and a file's name a patient; a code does not. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'an unknown fault'
