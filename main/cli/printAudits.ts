import { SimpleBitsError } from '../../contract'
import type { AuditedFile } from '../compose'
import type { SummaryRow } from '../domain/auditSummary'
import { percentText } from '../domain/numbers'
import { requireFound } from './found'
import type { Output } from './terminal'
import { count, duration, failed, onOneLine } from './words'

interface AuditPrinting {
  /** Each record as a line of data; all else is then for the reader. */
  readonly json: boolean
  /** Writes the summary of what was finished and gives it as a table; null: none is wished. */
  readonly summarise: ((finished: readonly SummaryRow[]) => Promise<string>) | null
}

/** Prints audits of files as they end, and sums up what was finished, also where an error ends them all. */
export async function printAudits(
  audits: AsyncIterable<AuditedFile>,
  { json, summarise }: AuditPrinting,
  output: Output,
): Promise<void> {
  const finished: SummaryRow[] = []
  let files = 0
  const sumUp = async () => {
    if (summarise === null) return
    if (finished.length === 0) output.say('No audit was finished: no summary was written.')
    else (json ? output.say : output.data)(await summarise(finished))
  }
  try {
    for await (const audited of audits) {
      files++
      if ('error' in audited) {
        output.fail()
        output.say(failed(audited))
        if (json) output.data(JSON.stringify(audited))
        continue
      }
      finished.push(audited.row)
      output.say(auditedLine(audited))
      if (json) output.data(JSON.stringify(audited.record))
      if (audited.testsFailed) {
        output.fail()
        output.say(failed({ file: `${audited.folder}: audit kept, further tests missing`, error: audited.testsFailed }))
      }
    }
  } catch (error) {
    // What ended the audits is the news, not that their summary could not be written either.
    await sumUp().catch((second: unknown) => output.say(SimpleBitsError.from(second).message))
    output.say(`${count(finished.length, 'film')} audited before what follows; the others were not.`)
    throw error
  }
  await sumUp()
  requireFound(output, files)
  if (output.signal.aborted) output.say('Ended early: films that are not named above were not audited.')
}

type Finished = Exclude<AuditedFile, { readonly error: unknown }>

function auditedLine({ folder, record }: Finished): string {
  const { decisionKept, simplified, seconds, stopped } = record
  const facts = [
    `${folder}: ${decisionKept ? 'decision kept' : 'DECISION NOT KEPT'}`,
    `${percentText(simplified.bits / record.original.bits)} of the bits`,
    `${percentText(simplified.aboveFlat)} above flat`,
    `${duration(seconds)}${stopped === 'cancelled' ? ' (ended early)' : ''}`,
  ]
  return onOneLine(facts.join(', '))
}
