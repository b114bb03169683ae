import type { CallResult, Handled, WorkstationCall } from '../../contract'

/** A handler's result as it travels: a call without a result is answered by null. */
export async function resultOf<C extends WorkstationCall>(given: Handled<C>): Promise<CallResult<C>> {
  return ((await given) ?? null) as CallResult<C>
}
