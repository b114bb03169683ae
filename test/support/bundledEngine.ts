import { resolve } from 'node:path'
import { engineMethods, type EngineMethod, type EngineParams, type EngineResult } from '../../contract'
import { createDispatch } from '../../main/adapters/compute/dispatch'
import type { EngineContext } from '../../main/adapters/compute/handler'
import { createReadyModels } from '../../main/adapters/compute/readyModels'
import { createReadyNetworks } from '../../main/adapters/compute/readyNetworks'
import { createTraffic } from '../../main/adapters/compute/traffic'
import { readFilm } from '../../main/adapters/dicom'
import { createModelStore, createOwnClassifierStore } from '../../main/adapters/weights'
import { modelInput } from '../../main/domain/modelInput'
import { EAGER } from '../../main/engine/tensor'

const root = resolve(import.meta.dirname, '../..')

/**
 * The engine's own way to an answer over the bundled models, without its process: dispatch, handlers, ready models. The
 * test loads the numeric library; everything runs operation by operation.
 */
export function bundledEngine() {
  const folders = [resolve(root, 'models')]
  const [models, own, traffic] = [createModelStore(folders), createOwnClassifierStore(folders), createTraffic()]
  const ready = createReadyModels(models)
  const networks = createReadyNetworks(ready, own, { compiler: EAGER, traffic })
  const backend: EngineContext['backend'] = { name: 'tensorflow', refused: [], threads: 1, versions: {} }
  const dispatch = createDispatch({ backend, compiler: EAGER, models, ready, own, networks, traffic })
  return {
    networks,
    /** The answer, checked against the contract. */
    async call<M extends EngineMethod>(method: M, params: EngineParams<M>): Promise<EngineResult<M>> {
      const { signal } = new AbortController()
      const answer = await dispatch({ method, params, emit: () => undefined, signal })
      return engineMethods[method].result.parse(answer) as EngineResult<M>
    },
  }
}

/** What the models see of bundled films, one after the other: levels [films · 128 · 128]. */
export async function bundledPictures(files: readonly string[]): Promise<Uint8Array> {
  const films = await Promise.all(files.map((file) => readFilm(resolve(root, 'demo', file))))
  return Uint8Array.from(Buffer.concat(films.map((film) => modelInput(film).pixels)))
}
