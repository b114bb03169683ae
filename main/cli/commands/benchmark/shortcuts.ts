import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Command } from 'commander'
import {
  BUNDLED_FLOW,
  SimpleBitsError,
  shortcutSummary,
  type ModelName,
  type ShortcutSummary,
} from '../../../../contract'
import { shortcutTablesText } from '../../../domain/shortcuts'
import { dataOption, examples, integer, modelByName, positiveInteger } from '../../options'
import type { Output } from '../../terminal'

interface ShortcutOptions {
  readonly summary: string
  readonly run: boolean
  readonly out: string
  readonly data: string
  readonly flow: ModelName
  readonly seeds: readonly number[]
  readonly steps: number
  readonly films: number
  readonly json: boolean
  readonly markdown: boolean
}

export function shortcutsBenchmark(output: Output): Command {
  return new Command('shortcuts')
    .description('classifiers with a planted shortcut: which method finds it, and when does the alarm ring?')
    .option('--summary <file>', 'the summary to print, or to write with --run', 'docs/results/shortcuts.json')
    .option('--run', 'train and audit anew; what lies finished in --out is not made again', false)
    .option('--out <folder>', 'where the finished classifiers’ results lie', 'out/shortcuts')
    .addOption(dataOption())
    .option('--flow <name>', 'the flow that measures bits', modelByName, BUNDLED_FLOW)
    .option(
      '--seeds <number...>',
      'seeds (1 and 2 where none is named)',
      (text: string, before: readonly number[]) => [...before, integer(text)],
      [],
    )
    .option('--steps <number>', 'training steps of a classifier', positiveInteger, 240)
    .option('--films <number>', 'films audited for each classifier', positiveInteger, 24)
    .option('--json', 'the summary as JSON instead of tables', false)
    .option('--markdown', 'the tables as they stand in docs/results', false)
    .addHelpText('after', examples('benchmark shortcuts', 'benchmark shortcuts --run --films 8 --out out/shortcuts'))
    .action((options: ShortcutOptions) => run(options, output))
}

async function run(options: ShortcutOptions, output: Output): Promise<void> {
  const summary = options.run ? await made(options, output) : await stored(options.summary)
  output.data(options.json ? JSON.stringify(summary) : shortcutTablesText(summary, options.markdown))
}

async function stored(path: string): Promise<ShortcutSummary> {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null)
    throw new SimpleBitsError(
      'FILE_NOT_FOUND',
      `There is no summary at ${path}. Make one with: simplebits benchmark shortcuts --run`,
    )
  try {
    return shortcutSummary.parse(JSON.parse(text))
  } catch (cause) {
    throw new SimpleBitsError('FILE_UNREADABLE', `${path} is no summary of this benchmark, or of another version.`, {
      cause,
    })
  }
}

async function made(options: ShortcutOptions, output: Output): Promise<ShortcutSummary> {
  output.makesFiles()
  const { makeShortcutBenchmark } = await import('../../../compose')
  const { out, flow, steps, films, summary } = options
  const seeds = options.seeds.length > 0 ? options.seeds : [1, 2]
  return makeShortcutBenchmark({
    flow,
    steps,
    films,
    seeds,
    summary,
    out: resolve(out),
    data: options.data,
    command: `simplebits benchmark shortcuts --run --seeds ${seeds.join(' ')} --steps ${steps} --films ${films}`,
    say: (text) => output.say(text),
    signal: output.signal,
  })
}
