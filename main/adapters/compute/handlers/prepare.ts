import { SimpleBitsError } from '../../../../contract'
import { preparedAudit } from '../../../engine/audit'
import type { Handler } from '../handler'

/**
 * Makes what the first audit by these models would have to wait for, while nobody wants anything: pieces of about half a
 * second at most, each only when no other call is under way.
 */
export const prepare: Handler<'prepare'> = async ({ model, flow, objective }, call) => {
  const quiet = async () => {
    await call.traffic.quiet()
    if (call.signal.aborted) throw new SimpleBitsError('CANCELLED', 'Getting ready for audits was cancelled.')
  }
  if (!call.compiler.graphs) return null
  await quiet()
  const classifier = await call.networks.network(model)
  await quiet()
  const ready = await call.ready.flow(flow)
  await quiet()
  const pieces = preparedAudit({ flow: ready.flow, network: classifier.network, compiler: call.compiler }, objective)
  try {
    while (!pieces.next().done) await quiet()
  } finally {
    pieces.return()
  }
  return null
}
