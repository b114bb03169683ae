import { Command, Option } from 'commander'
import { queueName, type QueueName } from '../../../contract'
import { examples } from '../options'
import type { Output } from '../terminal'
import { storeOption, withStore } from '../withStore'
import { writeReports } from '../writeReports'

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
      const { queue, full } = options
      const identification = full ? 'full' : 'pseudonym'
      const requireRoom = () => requireFolder(options.out)
      await requireRoom()
      await withStore(options, (store) => writeReports(store, { queue, identification, requireRoom }, output))
    })
}
