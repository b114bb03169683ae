import { resolve } from 'node:path'
import { Command } from 'commander'
import { dataOption, examples } from '../../options'
import { readConfig } from '../../readConfig'
import type { Output } from '../../terminal'

interface PackageSimplifierOptions {
  readonly config: string
  readonly run: string
  readonly data: string
  readonly out: string
}

/** `simplebits train package-simplifier`: from a training run to models/<name>. */
export function packageSimplifierCommand(output: Output): Command {
  return new Command('package-simplifier')
    .description('make the model folder of a trained simplifier')
    .requiredOption('--config <file>', 'JSON file with the training configuration')
    .requiredOption('--run <folder>', 'folder of the training run')
    .requiredOption('--out <folder>', 'the model folder')
    .addOption(dataOption())
    .addHelpText(
      'after',
      examples(
        'train package-simplifier --config models/simplifier-effusion-128/training.json --run runs/simplifier --out models/simplifier-effusion-128',
      ),
    )
    .action(async (options: PackageSimplifierOptions) => {
      output.makesFiles()
      const { packageTrainedSimplifier } = await import('../../../compose')
      const metrics = await packageTrainedSimplifier({
        config: await readConfig(options.config),
        data: options.data,
        run: resolve(options.run),
        out: resolve(options.out),
      })
      output.say(`Written to ${options.out}`)
      output.data(JSON.stringify(metrics))
    })
}
