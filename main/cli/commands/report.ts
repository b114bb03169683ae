import { Command, Option } from 'commander'
import { queueName, SimpleBitsError, type QueueName } from '../../../contract'
import { sayEmptyQueue } from '../found'
import { examples } from '../options'
import type { Output } from '../terminal'
import { storeOption, withStore, type TerminalStore } from '../withStore'
import { count, failed } from '../words'

interface ReportOptions {
  readonly store?: string
  readonly queue: QueueName
  readonly out: string
  readonly full: boolean
}

export function reportCommand(output: Output): Command {
  return new Command('report')
    .description('write the case reports of a queue of the store')
    .addOption(new Option('--queue <name>', 'the queue').choices(queueName.options).makeOptionMandatory())
    .requiredOption('--out <folder>', 'where the PDFs go')
    .addOption(storeOption())
    .option('--full', 'name the patients as their files do; else by a pseudonym', false)
    .addHelpText('after', examples('report --queue done --out out/reports'))
    .action(async (options: ReportOptions) => {
      output.makesFiles()
      const { requireFolder } = await import('../../compose')
      await requireFolder(options.out)
      await withStore(options, (store) => run(store, options, output))
    })
}

async function run(store: TerminalStore, options: ReportOptions, output: Output): Promise<void> {
  const cases = await store.queue(options.queue)
  sayEmptyQueue(output, cases)
  const audited = cases.filter(({ audit }) => audit !== null)
  const identification = options.full ? 'full' : 'pseudonym'
  for (const [i, { id: caseId, file }] of audited.entries()) {
    if (output.signal.aborted) break
    output.progress(`${i + 1}/${audited.length} reports`)
    try {
      const written = await store.ask('exportReport', { caseId, identification })
      if (written) output.data(written.path)
    } catch (error) {
      output.say(failed({ file, error: SimpleBitsError.from(error).toWire() }))
      output.fail()
    }
  }
  const without = cases.length - audited.length
  if (without > 0)
    output.say(`${count(without, 'film')} of this queue without an audit: audit --queue ${options.queue}`)
}
