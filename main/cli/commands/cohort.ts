import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { NO_COHORT_FILTER, queueName, type CohortExportFormat, type QueueName } from '../../../contract'
import { examples, share } from '../options'
import type { Output } from '../terminal'
import { storeOption, withStore } from '../withStore'

interface CohortOptions {
  readonly store?: string
  readonly queue?: QueueName
  readonly view?: string
  readonly threshold?: number
  readonly json: boolean
  readonly csv?: string
  readonly films?: string
  readonly pdf?: string
}

/** `simplebits cohort`: the classifier over all films of the store that have a report label and a decision. */
export function cohortCommand(output: Output): Command {
  return new Command('cohort')
    .description('how the classifier does over the labelled films of the store: rates, AUC, calibration, groups, bits')
    .addOption(storeOption())
    .addOption(new Option('--queue <name>', 'only films of this queue').choices(queueName.options))
    .option('--view <name>', 'only films of this view: PA, AP …')
    .option(
      '--threshold <probability>',
      "what if effusion were called from here up (default: the classifier's own)",
      share,
    )
    .option('--json', 'everything as one line of JSON', false)
    .option('--csv <file>', 'write the figures, one a row')
    .option('--films <file>', 'write the films behind them, one a row, under codes')
    .option('--pdf <file>', 'write the report')
    .addHelpText(
      'after',
      examples('cohort', 'cohort --store audit --pdf cohort.pdf --csv figures.csv', 'cohort --view AP'),
    )
    .action((options: CohortOptions) => run(options, output))
}

async function run(options: CohortOptions, output: Output): Promise<void> {
  const { cohortSummary } = await import('../../compose')
  const filter = { ...NO_COHORT_FILTER, queue: options.queue ?? null, view: options.view ?? null }
  const files: readonly (readonly [CohortExportFormat, string | undefined])[] = [
    ['figures', options.csv],
    ['films', options.films],
    ['pdf', options.pdf],
  ]
  let place = ''
  await withStore({ ...options, saveAs: () => place }, async (store) => {
    const overview = await store.ask('cohort', { filter })
    const threshold = options.threshold ?? overview.threshold
    const at = await store.ask('cohortAt', { filter, threshold })
    output.data(options.json ? JSON.stringify({ overview, at }) : cohortSummary(overview, at))
    for (const caution of overview.cautions) output.say(caution)
    for (const [format, file] of files) {
      if (file === undefined) continue
      place = resolve(file)
      await store.ask('cohortExport', { filter, threshold, format })
      output.say(`Written: ${place}`)
    }
  })
}
