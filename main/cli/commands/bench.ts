import { Command } from 'commander'
import type { BackendChoice } from '../../../contract'
import { withTerminal } from '../closing'
import { backendOption, examples, positiveInteger } from '../options'
import type { Output } from '../terminal'

interface BenchOptions {
  readonly config: readonly string[]
  readonly batch?: readonly number[]
  readonly runs: number
  readonly backend: BackendChoice
  readonly json: boolean
}

export function benchCommand(output: Output): Command {
  return new Command('bench')
    .description('time the flow: bits, gradients, inverse, training step')
    .option('--config <names...>', 'P1 (32 × 32 × 3), P2 (64 × 64), P3 (128 × 128)', ['P1', 'P2', 'P3'])
    .option(
      '--batch <sizes...>',
      'batch sizes (default: 1 16)',
      (text: string, before: readonly number[] | undefined) => [...(before ?? []), positiveInteger(text)],
    )
    .option('--runs <number>', 'runs a row; the median counts', positiveInteger, 5)
    .addOption(backendOption())
    .option('--json', 'one line of JSON per row', false)
    .addHelpText('after', examples('bench --json --config P2 P3 --batch 1 16'))
    .action((options: BenchOptions) => run(options, output))
}

async function run(options: BenchOptions, output: Output): Promise<void> {
  const batches = [...(options.batch ?? [1, 16])]
  const print = (row: Readonly<Record<string, string | number>>) => {
    if (options.json) output.data(JSON.stringify(row))
    else
      output.data(
        Object.values(row)
          .map((cell) => String(cell).padEnd(20))
          .join(' ')
          .trimEnd(),
      )
  }
  await withTerminal(options.backend, (terminal) =>
    terminal.bench(
      { configs: [...options.config], batches, runs: options.runs },
      { onEvent: ({ row }) => print(row), signal: output.signal },
    ),
  )
}
