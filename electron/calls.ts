import type { z } from 'zod'
import {
  issuesOf,
  SimpleBitsError,
  workstationCalls,
  type CallAnswer,
  type WireError,
  type WorkstationCall,
} from '../contract'
import type { Workstation } from '../main/compose'

/**
 * Answers one call of the window: unknown names and payloads that are not as agreed are refused, and so is an answer
 * that is not as agreed (a fault of ours, which the window should not have to survive). Never throws.
 */
export async function answerCall(
  workstation: Pick<Workstation, 'call'>,
  name: unknown,
  params: unknown,
): Promise<CallAnswer<WorkstationCall>> {
  if (!isCall(name)) return refuse('BAD_REQUEST', 'The program does not know this call.')
  const { params: paramsSchema, result: resultSchema } = workstationCalls[name]
  const checked = paramsSchema.safeParse(params)
  if (!checked.success) return refuse('BAD_REQUEST', `The call “${name}” is not as agreed: ${problems(checked.error)}`)
  try {
    const answer = await workstation.call(name, checked.data)
    if (!answer.ok) return answer
    const result = resultSchema.safeParse(answer.result)
    if (result.success) return { ok: true, result: result.data }
    console.error(`The answer to “${name}” is not as agreed: ${problems(result.error)}`)
    return refuse('INTERNAL', 'The program gave an answer that makes no sense. Please restart it.')
  } catch (error) {
    console.error(`The call “${name}” failed:`, error)
    return { ok: false, error: SimpleBitsError.from(error).toWire() }
  }
}

const isCall = (name: unknown): name is WorkstationCall =>
  typeof name === 'string' && Object.hasOwn(workstationCalls, name)

const refuse = (code: WireError['code'], message: string): { ok: false; error: WireError } => ({
  ok: false,
  error: { code, message },
})

const problems = (error: z.ZodError): string => issuesOf(error, 'payload').slice(0, 3).join('; ')
