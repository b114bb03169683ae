import { Command } from 'commander'
import type { Output } from '../terminal'
import { explainBenchmark } from './benchmark/explain'
import { shortcutsBenchmark } from './benchmark/shortcuts'

/** Tables of docs/results that are made from bundled films and models. */
export function benchmarkCommand(output: Output): Command {
  return new Command('benchmark')
    .description('the tables of docs/results/explain.md and docs/results/shortcuts.md')
    .addCommand(explainBenchmark(output))
    .addCommand(shortcutsBenchmark(output))
}
