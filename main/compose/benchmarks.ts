import type { ShortcutSummary } from '../../contract'
import { resultFiles } from '../adapters/files'
import type { ShortcutRequest } from '../adapters/training/shortcuts'
import { createModelStore, modelRoots } from '../adapters/weights'

/**
 * Trains and audits the classifiers of the planted-shortcut benchmark and writes its summary. In this process: it is a
 * developer's command and needs no queue.
 */
export async function makeShortcutBenchmark(
  request: Omit<ShortcutRequest, 'models' | 'compiler'> & {
    /** Where the summary is written. */
    readonly summary: string
  },
): Promise<ShortcutSummary> {
  const [{ runShortcuts }, { compilerFor, loadBackend }] = await Promise.all([
    import('../adapters/training/shortcuts'),
    import('../adapters/compute'),
  ])
  const compiler = compilerFor(await loadBackend('auto'))
  const models = createModelStore(modelRoots(process.env))
  const summary = await runShortcuts({ ...request, models, compiler })
  await resultFiles.text(request.summary, `${JSON.stringify(summary)}\n`)
  return summary
}
