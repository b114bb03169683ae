import { SimpleBitsError, type CallParams, type QueueName } from '../../contract'
import { sayEmptyQueue } from './found'
import type { Output } from './terminal'
import type { TerminalStore } from './withStore'
import { count, failed } from './words'

interface QueueReports extends Pick<CallParams<'exportReport'>, 'identification'> {
  readonly queue: QueueName
  /** @throws SimpleBitsError WRITE_FAILED where no further report can be written */
  readonly requireRoom: () => Promise<void>
}

/** Writes the report of every audited film of a queue. One that fails is named; a folder that takes nothing any more ends them all. */
export async function writeReports(
  store: Pick<TerminalStore, 'ask' | 'queue'>,
  { queue, identification, requireRoom }: QueueReports,
  output: Output,
): Promise<void> {
  const cases = await store.queue(queue)
  sayEmptyQueue(output, cases)
  const audited = cases.filter(({ audit }) => audit !== null)
  let done = 0
  const soFar = () => `${done} of ${count(audited.length, 'report')} written.`
  for (const [i, { id: caseId, file }] of audited.entries()) {
    if (output.signal.aborted) return output.say(`Ended early: ${soFar()}`)
    output.progress(`${i + 1}/${audited.length} reports`)
    try {
      const written = await store.ask('exportReport', { caseId, identification })
      if (written) output.data(written.path)
      done++
    } catch (error) {
      const known = SimpleBitsError.from(error)
      output.fail()
      output.say(failed({ file, error: known.toWire() }))
      if (known.code !== 'WRITE_FAILED') continue
      await requireRoom().catch((full: unknown) => {
        output.say(soFar())
        throw full
      })
    }
  }
  const without = cases.length - audited.length
  if (without > 0) output.say(`${count(without, 'film')} of this queue without an audit: audit --queue ${queue}`)
}
