import { join } from 'node:path'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { runExperiment } from '../../main/adapters/training/experiment'
import { createGraphCompiler } from '../../main/adapters/compute/graph'
import { installNativeKernels } from '../../main/adapters/compute/backend/nativeKernels'
import { createReadyModels } from '../../main/adapters/compute/readyModels'
import { createModelStore, modelRoots } from '../../main/adapters/weights'
import smoke from '../../experiments/smoke.json'
import { sharedData } from '../support/sharedData'
import { temporaryFolder } from '../support/temporaryFolder'

const digits = sharedData('natural', 'digits28-images-ubyte.gz')

/** How much worse simplified digits may be told than a classifier trained on originals tells originals. */
const MARGIN = 0.1

describe.skipIf(digits === null)('200 digits under noise', () => {
  it('lose at least 30 % of their bits and are told as well, with a fixed seed', { timeout: 600_000 }, async () => {
    installNativeKernels()
    const experiment = {
      ...smoke,
      data: { set: 'noise', train: 200, validation: 100, test: 200 },
      ...{ warmUpSteps: 150, steps: 40, checkpointEvery: 10, tau: 1, accuracyMargin: MARGIN / 2, samples: 4 },
    }
    const refused: unknown[] = []
    const store = createModelStore(modelRoots({}), (_, error) => refused.push(error))
    const out = join(temporaryFolder(), 'noise')
    const { results } = await runExperiment(
      { experiment, data: join(digits ?? '', '..', '..'), out, resume: false },
      {
        ...{ models: createReadyModels(store), backend: { name: 'tensorflow', versions: {} } },
        compiler: createGraphCompiler({ note: (message) => refused.push(message) }),
        ...{ signal: new AbortController().signal, emit: () => undefined },
      },
    )
    expect(refused).toEqual([])
    const [result] = results
    if (!result) throw new Error('The run has no result')
    const { bpd, accuracy, reference } = result
    expect(bpd.simplified / bpd.original).toBeLessThan(0.7)
    expect(reference.accuracy).toBeGreaterThan(0.4)
    expect(accuracy.simplified).toBeGreaterThan(reference.accuracy - MARGIN)
    expect(accuracy.original).toBeGreaterThan(reference.accuracy - MARGIN)
  })
})
