import type { ModelName, ShortcutSummary } from '../../contract'
import { DecodePool, decodeWorkerFile } from '../adapters/dicom'
import { resultFiles } from '../adapters/files'
import { pngPictureWriter } from '../adapters/pictures'
import { createModelStore, modelRoots } from '../adapters/weights'
import { zonesOfFiles } from '../app'

/** Zones of films; needs no engine. */
export function composeZones() {
  const films = new DecodePool({ worker: decodeWorkerFile() })
  return {
    zones: (request: Parameters<typeof zonesOfFiles>[1]) =>
      zonesOfFiles({ films, pictures: pngPictureWriter }, request),
    close: () => films.close(),
  }
}

/**
 * Trains and audits the classifiers of the planted-shortcut benchmark and writes its summary. In this process: it is a
 * developer's command and needs no queue.
 */
export async function makeShortcutBenchmark(request: {
  readonly flow: ModelName
  readonly data: string
  readonly out: string
  readonly seeds: readonly number[]
  readonly steps: number
  readonly films: number
  readonly command: string
  /** Where the summary is written. */
  readonly summary: string
  readonly say: (text: string) => void
  readonly signal: AbortSignal
}): Promise<ShortcutSummary> {
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
