import { afterAll, beforeAll, expect, it } from 'vitest'
import { BUNDLED_CLASSIFIER, BUNDLED_FLOW } from '../../contract'
import { createEngineClient, launchEngine } from '../../main/adapters/engineClient'
import { loadBackend } from '../../main/adapters/compute/backend/loadBackend'
import { createReadyModels } from '../../main/adapters/compute/readyModels'
import { createReadyNetworks } from '../../main/adapters/compute/readyNetworks'
import { createTraffic } from '../../main/adapters/compute/traffic'
import { createModelStore, createOwnClassifierStore } from '../../main/adapters/weights'
import { EAGER } from '../../main/engine/tensor'
import type { Engine } from '../../main/ports'
import { quietLogger } from '../support/quietLogger'
import { temporaryFolder } from '../support/temporaryFolder'
import { writeUntrainedModels } from '../support/untrainedModels'

const folder = temporaryFolder()
const opened: Engine[] = []
const models = { model: BUNDLED_CLASSIFIER, flow: BUNDLED_FLOW }
const picture = Uint8Array.from({ length: 128 * 128 }, (_, i) => (i % 128) + Math.floor(i / 256))

beforeAll(async () => {
  await loadBackend('wasm')
  await writeUntrainedModels(folder)
})
afterAll(() => Promise.all(opened.map((engine) => engine.close())))

async function freshEngine(): Promise<Engine> {
  const launch = () => launchEngine({ backend: 'tensorflow', models: [folder] })
  const engine = createEngineClient({ launch, log: quietLogger() })
  opened.push(engine)
  await engine.start()
  return engine
}

it('getting ready for audits rests while anybody asks, and is done once nobody does', async () => {
  const engine = await freshEngine()
  let ready = false
  const prepare = async () => {
    const began = performance.now()
    await engine.call('prepare', { ...models, objective: 'activation' })
    return performance.now() - began
  }
  const preparing = prepare().finally(() => (ready = true))
  // one after the other, as when a worklist is decided about: nothing is begun between them
  for (let i = 0; i < 5; i++) await engine.call('classify', { model: BUNDLED_CLASSIFIER, pictures: picture, count: 1 })
  expect(ready).toBe(false)
  // that a call interrupts it between two pieces: test/unit/graph/prepareInPieces.test.ts, traffic.test.ts
  const first = await preparing
  // all is there by then: nothing is made again
  expect(await prepare()).toBeLessThan(first / 2)
  await engine.close()
}, 120_000)

it('can be called off', async () => {
  const engine = await freshEngine()
  const abort = new AbortController()
  const preparing = engine.call('prepare', { ...models, objective: 'activation' }, { signal: abort.signal })
  abort.abort()
  await expect(preparing).rejects.toMatchObject({ code: 'CANCELLED' })
  await engine.close()
})

it('a cancel in the first audit of a process is not kept waiting by the graphs', async () => {
  const engine = await freshEngine()
  const abort = new AbortController()
  const began = performance.now()
  let first = NaN
  const request = { ...models, picture, preset: 'thorough', objective: 'activation', seed: 1, start: 'film' } as const
  const { outcome } = await engine.call(
    'audit',
    { ...request, repeat: false },
    {
      signal: abort.signal,
      onEvent({ kind }) {
        if (kind !== 'point' || abort.signal.aborted) return
        first = performance.now()
        abort.abort()
      },
    },
  )
  const answered = performance.now() - first
  expect([outcome.stopped, outcome.path.length]).toEqual(['cancelled', 1])
  // what was read of the film before takes as long as what is read of the picture after: a relation that load does not move
  expect(answered).toBeLessThan(2 * (first - began))
  await engine.close()
}, 120_000)

it('a classifier is one network however often it is asked for: its graphs are kept by it', async () => {
  const ready = createReadyModels(createModelStore([folder]))
  const use = { compiler: EAGER, traffic: createTraffic() }
  const networks = createReadyNetworks(ready, createOwnClassifierStore([folder]), use)
  const [one, other] = [await networks.network(BUNDLED_CLASSIFIER), await networks.network(BUNDLED_CLASSIFIER)]
  expect(other.network).toBe(one.network)
})
