import { faultOf } from '../../../contract'
import { classifyOutstanding } from './classifying'
import type { WorkstationDeps } from './deps'
import { importFilms, type ImportContext } from './importing'

/**
 * What happens by itself after opening: decisions that are missing or of older weights, then bundled films. One of these that came in
 * once and is not there was removed, and stays away.
 */
export async function comeIn(context: ImportContext, bundled: WorkstationDeps['bundled']): Promise<void> {
  const { deps, worklist, signal } = context
  void deps.engine.start()
  try {
    const stored = worklist.stored()
    const known = new Set(stored.map(({ file }) => file))
    const fresh = bundled.filter(({ path }) => !known.has(path))
    const labels = new Map(fresh.map(({ path, reportLabel }) => [path, reportLabel]))
    const there = stored.flatMap((film) => (film.bundled ? [film.sha256] : []))
    const seen = await deps.store.bundledSeen()
    const cameIn = new Set([...seen, ...there])
    await classifyOutstanding(context)
    if (fresh.length > 0) {
      const { failed } = await importFilms(context, [...labels.keys()], { bundled: labels, cameIn })
      for (const { error } of failed) deps.log.error({ code: error.code }, 'a bundled film did not come in')
    }
    // The store may be closed by then.
    if (!signal.aborted && cameIn.size > seen.length) await deps.store.saveBundledSeen([...cameIn])
  } catch (error) {
    deps.log.error(faultOf(error), 'the cases did not come in completely')
  }
}
