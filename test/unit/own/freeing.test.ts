import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-node-gpu'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { sha256 } from '../../../contract'
import type { ReadyModels } from '../../../main/adapters/compute/readyModels'
import { createReadyNetworks } from '../../../main/adapters/compute/readyNetworks'
import { createTraffic } from '../../../main/adapters/compute/traffic'
import { EAGER } from '../../../main/engine/tensor'
import type { LoadedOwnClassifier } from '../../../main/ports'
import { handMadeGraph, loadedFrom, nestedModel, savedFiles } from '../../support/ownModels'

const none = () => Promise.reject(new Error('only classifiers of the user’s'))
const bundled: ReadyModels = { flow: none, classifier: none, simplifier: none }
const otherHash = sha256.parse('1'.repeat(64))
const held = () => tf.memory().numTensors

/** Networks over a store of one classifier, or of none. */
function shelf(of: LoadedOwnClassifier) {
  const now: { classifier: LoadedOwnClassifier | null } = { classifier: of }
  const load = async () => now.classifier ?? none()
  const store = { list: async () => [], has: async () => now.classifier !== null, describe: load, load }
  const traffic = createTraffic()
  const released: object[] = []
  const compiler = { ...EAGER, release: (model: object) => void released.push(model) }
  const networks = createReadyNetworks(bundled, store, { compiler, traffic })
  return { now, traffic, released, network: () => networks.network(of.name) }
}

describe.each(['layers', 'graph'])('a %s model of the user’s', (kind) => {
  let own: LoadedOwnClassifier
  beforeAll(async () => {
    const graph = { format: 'tfjs-graph', input: { channels: 1 }, output: { tensor: 'out' } } as const
    const [files, changes] = kind === 'graph' ? [handMadeGraph(), graph] : [await savedFiles(nestedModel()), {}]
    own = loadedFrom(files, changes)
  })

  it('that was exchanged is freed, its graphs first, once no call is under way', async () => {
    const { now, traffic, released, network } = shelf(own)
    const before = held()
    const old = await network()
    const weights = held() - before
    expect(weights).toBeGreaterThan(0)
    now.classifier = { ...own, sha256: otherHash }
    const leave = traffic.enter()
    expect((await network()).network).not.toBe(old.network)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect([released, held()]).toEqual([[], before + 2 * weights])
    leave()
    await vi.waitFor(() => expect(held()).toBe(before + weights), 5000)
    expect(released).toEqual([old.network])
  })

  it('that was removed is freed at the next call for any', async () => {
    const { now, network } = shelf(own)
    const before = held()
    await network()
    now.classifier = null
    await expect(network()).rejects.toThrow()
    await vi.waitFor(() => expect(held()).toBe(before), 5000)
  })
})
