import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { dataOption, examples } from '../../options'
import { readConfig } from '../../readConfig'
import type { Output } from '../../terminal'

interface PackageOptions {
  readonly config: string
  readonly runs: string
  readonly shipped: string
  readonly data: string
  readonly out: string
  readonly results: string
  readonly demo: string
  readonly note: string | undefined
}

/** The outputs on these bundled films go into golden.json. */
export const GOLDEN_FILMS = ['nih_00000061_012.dcm', 'nih_00001235_001.dcm', 'udacity_nih_test1.dcm']

/** `simplebits train package`: from finished runs to models/<name> and its page under docs/results. */
export function packageClassifierCommand(output: Output): Command {
  return new Command('package')
    .description('evaluate the folds of a classifier and make its model folder')
    .requiredOption('--config <file>', 'JSON file with the training configuration')
    .requiredOption('--runs <folder>', 'folder with the runs fold0, fold1, … and the one to ship')
    .requiredOption('--out <folder>', 'the model folder')
    .option('--shipped <name>', 'the run whose weights are shipped', 'final')
    .addOption(dataOption())
    .option('--results <folder>', 'where the page with the results goes', 'docs/results')
    .option('--demo <folder>', 'the bundled films', 'demo')
    .option('--note <text>', 'a remark at the head of the model card and of the results')
    .addHelpText(
      'after',
      examples(
        'train package --config models/effusion-128/training.json --runs runs/effusion-128 --out models/effusion-128',
      ),
    )
    .action((options: PackageOptions) => run(options, output))
}

async function run(options: PackageOptions, output: Output): Promise<void> {
  output.makesFiles()
  const { packageTrainedClassifier } = await import('../../../compose')
  const { folds, table } = await packageTrainedClassifier({
    config: await readConfig(options.config),
    data: options.data,
    runs: resolve(options.runs),
    shipped: options.shipped,
    out: resolve(options.out),
    results: resolve(options.results),
    goldenFilms: GOLDEN_FILMS.map((file) => join(resolve(options.demo), file)),
    note: options.note ?? null,
  })
  output.say(`${folds.length} folds evaluated; written to ${options.out}`)
  for (const row of table) output.data(JSON.stringify(row))
}
