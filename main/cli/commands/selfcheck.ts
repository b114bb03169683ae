import { resolve } from 'node:path'
import { Command } from 'commander'
import type { BackendChoice } from '../../../contract'
import { withTerminal } from '../closing'
import { backendOption, examples } from '../options'
import type { Output } from '../terminal'

interface SelfcheckOptions {
  readonly golden: string | undefined
  readonly backend: BackendChoice
  readonly json: boolean
}

export function selfcheckCommand(output: Output): Command {
  return new Command('selfcheck')
    .description('compare what this installation computes with reference vectors')
    .option('--golden <folder>', 'sets of reference vectors (default: those that come with the product)')
    .addOption(backendOption())
    .option('--json', 'one line of JSON per set', false)
    .addHelpText('after', examples('selfcheck', 'selfcheck --golden ../shared/golden', 'selfcheck --backend wasm'))
    .action((options: SelfcheckOptions) => run(options, output))
}

async function run(options: SelfcheckOptions, output: Output): Promise<void> {
  const { bundledGolden } = await import('../../compose')
  await withTerminal(options.backend, async (terminal) => {
    const directory = options.golden === undefined ? bundledGolden() : resolve(options.golden)
    const { rows } = await terminal.selfcheck(directory, output.signal)
    for (const row of rows) {
      if (options.json) output.data(JSON.stringify(row))
      else output.data(`${row.verdict.padEnd(11)}  ${row.set.padEnd(40)}  ${row.worst}${deviationText(row)}`)
    }
    const out = rows.filter(({ verdict }) => verdict === 'OUT')
    if (out.length > 0) {
      output.say(
        `${out.length} of ${rows.length} sets are out of tolerance: this installation does not compute correctly.`,
      )
      output.fail()
    } else output.say(`${rows.filter(({ verdict }) => verdict === 'ok').length} sets ok.`)
  })
}

function deviationText({ deviation, limit }: { deviation: number | null; limit: number | null }): string {
  return deviation === null
    ? ''
    : `  ${deviation.toExponential(1)}${limit === null ? '' : ` (limit ${limit.toExponential(0)})`}`
}
