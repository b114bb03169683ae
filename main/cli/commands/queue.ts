import { Argument, Command } from 'commander'
import { queueName, type CaseSummary, type ModelName, type QueueName } from '../../../contract'
import { decidedPercentText, thresholdPercentText } from '../../domain/numbers'
import { sayEmptyQueue } from '../found'
import { examples } from '../options'
import type { Output } from '../terminal'
import { storeOption, withStore, type TerminalStore } from '../withStore'
import { saysYesFrom } from '../words'

interface QueueOptions {
  readonly store?: string
  readonly json: boolean
}

export function queueCommand(output: Output): Command {
  return new Command('queue')
    .description('the review queues of the store with their counts, or the films of one')
    .addArgument(new Argument('[name]', 'the queue').choices(queueName.options))
    .addOption(storeOption())
    .option('--json', 'one line of JSON per queue, or per film', false)
    .addHelpText('after', examples('queue', 'queue false-positive --json'))
    .action((name: QueueName | undefined, options: QueueOptions) =>
      withStore(options, (store) =>
        name === undefined ? counts(store, options, output) : films(store, { ...options, name }, output),
      ),
    )
}

async function counts(store: TerminalStore, { json }: QueueOptions, output: Output): Promise<void> {
  const cases = await store.ask('listCases', null)
  const width = Math.max(...queueName.options.map(({ length }) => length))
  for (const queue of queueName.options) {
    const films = cases.filter(({ queues }) => queues.includes(queue)).length
    output.data(json ? JSON.stringify({ queue, films }) : `${queue.padEnd(width)}  ${films}`)
  }
}

async function films(
  store: TerminalStore,
  { json, name }: QueueOptions & { readonly name: QueueName },
  output: Output,
): Promise<void> {
  const cases = await store.queue(name)
  sayEmptyQueue(output, cases)
  if (json) return cases.forEach((each) => output.data(JSON.stringify(facts(each))))
  const probabilities = cases.flatMap(({ probability }) => probability ?? [])
  const decides = probabilities.length > 0 ? await classifierInUse(store) : null
  for (const each of cases) output.data(line(each, (one) => decidedPercentText(one, decides?.threshold ?? one)))
  if (decides) output.say(saysYesFrom(decides.name, thresholdPercentText(decides.threshold, probabilities)))
}

/** What the films' probabilities are held against. */
async function classifierInUse(store: TerminalStore): Promise<{ name: ModelName; threshold: number } | null> {
  const inUse = (await store.ask('classifiers', null)).find((one) => one.inUse)
  return inUse?.threshold == null ? null : { name: inUse.name, threshold: inUse.threshold }
}

/** Without the thumbnail, which is of no use to a program that reads lines. */
function facts(summary: CaseSummary): CaseSummary {
  return { ...summary, thumbnail: null }
}

function line(
  { id, probability, decision, reportLabel, audit }: CaseSummary,
  figure: (probability: number) => string,
): string {
  const says = probability === null ? 'no decision' : `${figure(probability).padStart(8)}  ${decision ? 'yes' : 'no '}`
  const report = `report: ${reportLabel ?? 'unknown'}`.padEnd(20)
  return `${says}  ${report}  ${audit?.ofClassifierInUse ? 'audited' : '       '}  ${id}`
}
