import { resolve } from 'node:path'
import { Command } from 'commander'
import type { BackendChoice } from '../../../contract'
import { withTerminal } from '../closing'
import { backendOption, collect, dataOption, examples, integer, positiveInteger } from '../options'
import { readConfig } from '../readConfig'
import type { Output } from '../terminal'
import { stepsText } from '../words'
import { measureFlowCommand } from './train/measureFlow'
import { packageClassifierCommand } from './train/packageClassifier'
import { packageFlowCommand } from './train/packageFlow'
import { packageSimplifierCommand } from './train/packageSimplifier'

type Kind = 'flow' | 'classifier' | 'simplifier'
/** A bundled model of each kind whose training asks for nothing but the data folder. */
const EXAMPLE: Readonly<Record<Kind, string>> = {
  flow: 'glow-cxr-64',
  classifier: 'effusion-128',
  simplifier: 'simplifier-effusion-128',
}

interface TrainOptions {
  readonly config: string
  readonly out: string
  readonly data: string
  readonly seed: number | undefined
  readonly steps: number | undefined
  readonly set: readonly string[]
  readonly resume: boolean
  readonly backend: BackendChoice
}

export function trainCommand(output: Output): Command {
  const train = new Command('train').description('train a model, seeded and resumable')
  train.addCommand(trainingOf('flow', 'the flow that measures bits', output))
  train.addCommand(trainingOf('classifier', 'the classifier that is audited', output))
  train.addCommand(trainingOf('simplifier', 'the simplifier that estimates a counterpart at once', output))
  train.addCommand(measureFlowCommand(output))
  train.addCommand(packageClassifierCommand(output))
  train.addCommand(packageFlowCommand(output))
  train.addCommand(packageSimplifierCommand(output))
  return train
}

function trainingOf(kind: Kind, what: string, output: Output): Command {
  return new Command(kind)
    .description(`train ${what}`)
    .requiredOption('--config <file>', 'JSON file with the training configuration')
    .requiredOption('--out <folder>', 'where checkpoints, the log and the finished model go')
    .addOption(dataOption())
    .option('--seed <number>', 'seed of everything random, over the configuration', integer)
    .option('--steps <number>', 'number of steps, over the configuration', positiveInteger)
    .option('--set <key=value>', 'any other setting, over the configuration; may be repeated', collect, [])
    .option('--resume', 'go on from the last checkpoint in --out', false)
    .addOption(backendOption())
    .addHelpText(
      'after',
      examples(
        `train ${kind} --config models/${EXAMPLE[kind]}/training.json --out runs/${EXAMPLE[kind]}`,
        `train ${kind} --config models/${EXAMPLE[kind]}/training.json --out runs/${EXAMPLE[kind]} --resume`,
      ),
    )
    .action((options: TrainOptions) => run(kind, options, output))
}

async function run(kind: Kind, options: TrainOptions, output: Output): Promise<void> {
  output.makesFiles()
  const request = {
    config: await readConfig(options.config),
    overrides: [
      ...(options.seed === undefined ? [] : [`seed=${options.seed}`]),
      ...(options.steps === undefined ? [] : [`steps=${options.steps}`]),
      ...options.set,
    ],
    data: options.data,
    out: resolve(options.out),
    resume: options.resume,
  }
  await withTerminal(options.backend, async (terminal) => {
    const outcome = await terminal.train(
      { kind, request },
      { signal: output.signal, onProgress: (progress) => output.progress(stepsText(progress)) },
    )
    const stopped = output.signal.aborted
    output.say(`${stopped ? 'Stopped; go on with --resume.' : 'Written to'} ${outcome.directory}`)
    output.data(JSON.stringify(outcome.metrics))
  })
}
