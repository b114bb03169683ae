import { findCounterfactual } from '../../../engine/explain'
import type { Handler } from '../handler'
import { modelsFor } from '../modelsFor'

/** The knob pressed past an audit's counterpart; cancelled, it answers with the way so far. */
export const counterfactual: Handler<'counterfactual'> = async (request, call) => {
  const { flow, classifier } = await modelsFor(request, [request.picture, request.start], call)
  const { network } = classifier
  const { compiler } = call
  return findCounterfactual({ flow: flow.flow, network, compiler, now: () => performance.now() }, request, {
    onEvent: call.emit,
    signal: call.signal,
  })
}
