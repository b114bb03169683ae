import { expect } from 'vitest'
import { createGraphCompiler } from '../../main/adapters/compute/graph'
import { createReadyModels } from '../../main/adapters/compute/readyModels'
import type { TrainingTools } from '../../main/adapters/training/trainingCall'
import { createModelStore, modelRoots } from '../../main/adapters/weights'

const compiler = createGraphCompiler({ note: (message) => expect.unreachable(message) })
const models = createModelStore(modelRoots({}))
const ready = createReadyModels(models)

/** What a training gets in the engine's process, over the bundled models: nobody watches it and nothing stops it but what is given. */
export function trainingTools(watch: Partial<Pick<TrainingTools, 'emit' | 'signal'>> = {}): TrainingTools {
  return { emit: () => undefined, signal: new AbortController().signal, compiler, models, ready, ...watch }
}
