import { explainFilm } from '../../../engine/explain'
import type { Handler } from '../handler'
import { modelsFor } from '../modelsFor'

/** Other methods' maps of one film and the checks of all; cancelled, it answers with what it has. */
export const explain: Handler<'explain'> = async (request, call) => {
  const { flow, classifier } = await modelsFor(request, [request.picture], call)
  const { network } = classifier
  // Without the compiler: its short searches run operation by operation, as those of docs/results/explain.md did. Where oneDNN
  // fuses, graphs round otherwise, and a search makes another counterpart of that (ADR 12).
  return explainFilm({ flow: flow.flow, network, now: () => performance.now() }, request, {
    onEvent: call.emit,
    signal: call.signal,
  })
}
