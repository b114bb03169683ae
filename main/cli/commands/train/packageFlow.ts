import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { dataOption, examples } from '../../options'
import { readConfig } from '../../readConfig'
import type { Output } from '../../terminal'
import { GOLDEN_FILMS } from './packageClassifier'

interface PackageFlowOptions {
  readonly config: string
  readonly run: string
  readonly data: string
  readonly out: string
  readonly demo: string
}

/** `simplebits train package-flow`: from a training run to models/<name>. */
export function packageFlowCommand(output: Output): Command {
  return new Command('package-flow')
    .description('measure a trained flow on its held-out films and make its model folder')
    .requiredOption('--config <file>', 'JSON file with the training configuration')
    .requiredOption('--run <folder>', 'folder of the training run')
    .requiredOption('--out <folder>', 'the model folder')
    .addOption(dataOption())
    .option('--demo <folder>', 'the bundled films', 'demo')
    .addHelpText(
      'after',
      examples(
        'train package-flow --config models/glow-cxr-128/training.json --run runs/glow-cxr-128 --out models/glow-cxr-128',
      ),
    )
    .action(async (options: PackageFlowOptions) => {
      output.makesFiles()
      const { packageTrainedFlow } = await import('../../../compose')
      const { table, plain } = await packageTrainedFlow({
        config: await readConfig(options.config),
        data: options.data,
        run: resolve(options.run),
        out: resolve(options.out),
        goldenFilms: GOLDEN_FILMS.map((file) => join(resolve(options.demo), file)),
      })
      output.say(`Written to ${options.out}`)
      for (const row of [...table, ...plain]) output.data(JSON.stringify(row))
    })
}
