import { resolve } from 'node:path'
import { Command } from 'commander'
import { tableText } from '../../domain/experiments'
import { examples } from '../options'
import type { Output } from '../terminal'

interface ResultsOptions {
  readonly json: boolean
  readonly markdown: boolean
  readonly write: string | undefined
}

/** `simplebits results`: the tables of run folders and of committed summaries. */
export function resultsCommand(output: Output): Command {
  return new Command('results')
    .description('print the tables of experiments from run folders and from committed summaries')
    .argument(
      '[folders...]',
      'run folders, folders of them, folders of summaries (default: the summaries that come with the product)',
    )
    .option('--json', 'one line of JSON per table', false)
    .option('--markdown', 'as Markdown', false)
    .option(
      '--write <folder>',
      'write summaries (runs/), contact sheets (img/lab/) and a Markdown page a topic into this folder',
    )
    .addHelpText('after', examples('results', 'results out/lab', 'results runs --write docs/results'))
    .action((folders: string[], options: ResultsOptions) => run(folders, options, output))
}

async function run(folders: readonly string[], options: ResultsOptions, output: Output): Promise<void> {
  const { bundledResults, requireFolder, resultTables, writeResults } = await import('../../compose')
  if (options.write !== undefined) {
    output.makesFiles()
    await requireFolder(options.write)
  }
  const places = folders.length > 0 ? folders.map((folder) => resolve(folder)) : [bundledResults()]
  for (const table of await resultTables(places))
    output.data(options.json ? JSON.stringify(table) : `${tableText(table, options.markdown)}\n`)
  if (options.write === undefined) return
  for (const file of await writeResults(places, resolve(options.write))) output.say(`Written: ${file}`)
}
