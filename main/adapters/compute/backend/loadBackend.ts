import { SimpleBitsError, type BackendChoice, type BackendName } from '../../../../contract'
import type { ComputeBackend } from '../../../ports'
import { loadTensorflow } from './tensorflowBackend'
import { loadWasm } from './wasmBackend'

/** Fastest first. */
const ORDER: readonly BackendName[] = ['tensorflow-gpu', 'tensorflow', 'wasm']

type LoadedLibrary = Omit<ComputeBackend, 'refused'>

/**
 * Makes the chosen numeric library tfjs-core's backend in this process. `auto` takes the fastest that loads and says why
 * not the faster ones. Once a process: a library that is loaded stays.
 *
 * @throws SimpleBitsError BACKEND_UNAVAILABLE where the chosen one (or, with `auto`, every one) does not load
 */
export async function loadBackend(choice: BackendChoice): Promise<ComputeBackend> {
  const wanted = choice === 'auto' ? ORDER : [choice]
  const refused: { backend: BackendName; reason: string }[] = []
  for (const backend of wanted) {
    try {
      const library = await loadLibrary(backend, choice === 'auto')
      return { ...library, refused: refused.filter(({ backend: name }) => name !== library.name) }
    } catch (error) {
      refused.push({ backend, reason: reasonOf(error) })
    }
  }
  const reasons = refused.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ')
  throw new SimpleBitsError(
    'BACKEND_UNAVAILABLE',
    `The computing library could not be loaded (${reasons}). Run the set-up again or choose another backend.`,
  )
}

function loadLibrary(backend: BackendName, auto: boolean): Promise<LoadedLibrary> {
  if (backend === 'wasm') return loadWasm()
  return loadTensorflow(backend, { hideGpu: backend === 'tensorflow' && !auto })
}

/** First line only: native loaders print whole stacks. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return (text.split('\n')[0] ?? text).slice(0, 300)
}
