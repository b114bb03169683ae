import { resolve } from 'node:path'
import { Command } from 'commander'
import { examples } from '../options'
import type { Output } from '../terminal'
import { readTrainingConfig } from './packageClassifier'

interface PackageSimplifierOptions {
  readonly config: string
  readonly run: string
  readonly data: string | undefined
  readonly out: string
}

/** `simplebits train package-simplifier`: from a training run to models/<name>. */
export function packageSimplifierCommand(output: Output): Command {
  return new Command('package-simplifier')
    .description('make the model folder of a trained simplifier')
    .requiredOption('--config <file>', 'JSON file with the training configuration')
    .requiredOption('--run <folder>', 'folder of the training run')
    .requiredOption('--out <folder>', 'the model folder')
    .option('--data <folder>', 'training data (default: SIMPLEBITS_DATA, else ../shared/data)')
    .addHelpText(
      'after',
      examples(
        'train package-simplifier --config models/simplifier-effusion-128/training.json --run runs/simplifier --out models/simplifier-effusion-128',
      ),
    )
    .action(async (options: PackageSimplifierOptions) => {
      const { packageTrainedSimplifier } = await import('../../compose')
      const metrics = await packageTrainedSimplifier({
        config: await readTrainingConfig(options.config),
        data: resolve(options.data ?? process.env['SIMPLEBITS_DATA'] ?? '../shared/data'),
        run: resolve(options.run),
        out: resolve(options.out),
      })
      output.say(`Written to ${options.out}`)
      output.data(JSON.stringify(metrics))
    })
}
