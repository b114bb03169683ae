import { findCounterfactual } from '../../../engine/explain'
import type { Handler } from '../handler'
import { checkPictures } from '../pictures'
import { sharedSize } from '../sharedSize'

/** The knob pressed past an audit's counterpart; cancelled, it answers with the way so far. */
export const counterfactual: Handler<'counterfactual'> = async (request, call) => {
  const [flow, classifier] = await Promise.all([call.prepared.flow(request.flow), call.networks.network(request.model)])
  const size = sharedSize(flow, classifier)
  checkPictures(request.picture, 1, size)
  checkPictures(request.start, 1, size)
  const { network } = classifier
  const { compiler } = call
  return findCounterfactual({ flow: flow.flow, network, compiler, now: () => performance.now() }, request, {
    onEvent: call.emit,
    signal: call.signal,
  })
}
