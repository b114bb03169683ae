import type { BackendChoice, Progress } from '../contract'
import { createEngineClient, launchEngine } from './adapters/compute'
import { createLogger } from './adapters/log'
import { modelRoots } from './adapters/weights'
import { trainModel, type TrainingRequest } from './app'

/** The use cases as the command line calls them, over the real adapters. Close it at the end: the engine is a process. */
export function composeTerminal(options: { backend: BackendChoice }) {
  const log = createLogger({ file: null, level: process.env['SIMPLEBITS_LOG'] ?? 'silent' })
  const models = modelRoots(process.env)
  const engine = createEngineClient({ launch: () => launchEngine({ backend: options.backend, models }), log })
  return {
    train: (
      what: { kind: 'flow' | 'classifier'; request: TrainingRequest },
      call: { onProgress: (progress: Progress) => void; signal: AbortSignal },
    ) => trainModel(engine, what, call),
    close: () => engine.close(),
  }
}
export type Terminal = ReturnType<typeof composeTerminal>
