import { expect } from 'vitest'
import { workstationCalls, type CallParams, type WorkstationCall } from '../../contract'
import { ask as plainAsk, type Workstation } from '../../main/app'

/** The result of a call, checked against the contract as the window's edge does. @throws SimpleBitsError the refusal */
export async function ask<C extends WorkstationCall>(workstation: Workstation, name: C, params: CallParams<C>) {
  const result = await plainAsk(workstation, name, params)
  expect(workstationCalls[name].result.safeParse(result).error).toBeUndefined()
  return result
}
