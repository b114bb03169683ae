import { SimpleBitsError, type CallParams, type CallResult, type WorkstationCall } from '../../contract'
import type { Workstation } from './workstation'

/** Calls the product as the window does; a refusal is thrown. @throws SimpleBitsError */
export async function ask<C extends WorkstationCall>(
  workstation: Pick<Workstation, 'call'>,
  name: C,
  params: CallParams<C>,
): Promise<CallResult<C>> {
  const answer = await workstation.call(name, params)
  if (!answer.ok) throw SimpleBitsError.fromWire(answer.error)
  return answer.result
}
