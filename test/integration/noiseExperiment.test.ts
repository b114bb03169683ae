import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { runExperiment } from '../../main/adapters/compute/experiment'
import { installNativeKernels } from '../../main/adapters/compute/nativeKernels'
import { createPreparedModels } from '../../main/adapters/compute/preparedModels'
import { createModelStore, modelRoots } from '../../main/adapters/weights'
import smoke from '../../experiments/smoke.json'
import { sharedData } from '../support/sharedData'

const digits = sharedData('natural', 'digits28-images-ubyte.gz')

describe.skipIf(digits === null)('200 digits under noise', () => {
  it('lose at least 30 % of their bits with a fixed seed', { timeout: 300_000 }, async () => {
    installNativeKernels()
    const experiment = {
      ...smoke,
      data: { set: 'noise', train: 200, validation: 20, test: 60 },
      ...{ warmUpSteps: 120, steps: 60, pressures: [4], tau: 2, samples: 4 },
    }
    const refused: unknown[] = []
    const store = createModelStore(modelRoots({}), (_, error) => refused.push(error))
    const out = join(mkdtempSync(join(tmpdir(), 'simplebits-noise-')), 'noise')
    const { results } = await runExperiment(
      { experiment, data: join(digits ?? '', '..', '..'), out, resume: false },
      {
        ...{ models: createPreparedModels(store), backend: { name: 'tensorflow', versions: {} } },
        ...{ signal: new AbortController().signal, emit: () => undefined },
      },
    )
    expect(refused).toEqual([])
    const { bpd } = results[0] ?? {}
    expect((bpd?.simplified ?? NaN) / (bpd?.original ?? NaN)).toBeLessThan(0.7)
  })
})
