import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import {
  NO_COHORT_FILTER,
  queueName,
  RESEARCH_USE_ONLY,
  SimpleBitsError,
  type CohortExportFormat,
  type CohortOverview,
  type QueueName,
} from '../../../contract'
import { examples, share } from '../options'
import type { Output } from '../terminal'
import { storeOption, withStore } from '../withStore'
import { count, onOneLine } from '../words'

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
    .option('--json', 'everything as one line of JSON; films stand under their ids, which contain file names', false)
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
  const { cohortSummary } = await import('../../domain/report')
  const filter = { ...NO_COHORT_FILTER, queue: options.queue ?? null, view: options.view ?? null }
  const files: readonly (readonly [CohortExportFormat, string | undefined])[] = [
    ['figures', options.csv],
    ['films', options.films],
    ['pdf', options.pdf],
  ]
  const named = files.flatMap(([, file]) => (file === undefined ? [] : [resolve(file)]))
  if (new Set(named).size < named.length)
    throw new SimpleBitsError('BAD_REQUEST', 'Name a file of its own for each of --csv, --films and --pdf.')
  if (named.length > 0) output.makesFiles()
  let place = ''
  await withStore({ ...options, saveAs: () => place }, async (store) => {
    const overview = await store.ask('cohort', { filter })
    if (options.view !== undefined) requireView(options.view, overview, output)
    const threshold = options.threshold ?? overview.threshold
    const at = await store.ask('cohortAt', { filter, threshold })
    output.data(options.json ? JSON.stringify({ overview, at }) : cohortSummary(overview, at))
    for (const caution of overview.cautions) output.say(caution)
    if (named.length > 0 && overview.used.length === 0) {
      output.fail()
      output.say('No file was written: no film here has both a report label and a decision.')
      return
    }
    for (const [format, file] of files) {
      if (file === undefined) continue
      place = resolve(file)
      await store.ask('cohortExport', { filter, threshold, format })
      output.say(`Written: ${place}`)
    }
  })
  output.say(`${RESEARCH_USE_ONLY}.`)
}

/** A view that no film has is a slip of the pen: its empty cohort must not look like a result. */
function requireView(view: string, { choices }: CohortOverview, output: Output): void {
  if (choices.view.some(({ value }) => value === view)) return
  output.fail()
  const there = choices.view.map(({ value, films }) => `${value} (${count(films, 'film')})`).join(', ')
  output.say(onOneLine(`No film has the view ${view}. There are: ${there || 'no films'}.`))
}
