import { expect } from 'vitest'
import { SimpleBitsError, workstationCalls, type CallParams, type WorkstationCall } from '../../contract'
import type { Workstation } from '../../main/app'

/** The result of a call, checked against the contract as the window's edge does. @throws SimpleBitsError the refusal */
export async function ask<C extends WorkstationCall>(workstation: Workstation, name: C, params: CallParams<C>) {
  const answer = await workstation.call(name, params)
  if (!answer.ok) throw SimpleBitsError.fromWire(answer.error)
  expect(workstationCalls[name].result.safeParse(answer.result).error).toBeUndefined()
  return answer.result
}
