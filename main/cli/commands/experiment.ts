import { join, resolve } from 'node:path'
import { Command } from 'commander'
import type { BackendChoice, ExperimentEvent } from '../../../contract'
import { closing } from '../closing'
import { backendOption, collect, dataOption, examples } from '../options'
import { readConfig } from '../readConfig'
import type { Output } from '../terminal'
import { duration, leftText } from '../words'

interface ExperimentOptions {
  readonly out: string
  readonly data: string
  readonly set: readonly string[]
  readonly resume: boolean
  readonly dryRun: boolean
  readonly backend: BackendChoice
}

/** `simplebits experiment`: simplification during training or condensation, as its file says. */
export function experimentCommand(output: Output): Command {
  return experimentOf(
    'experiment',
    'run an experiment of the training lab: cell by cell, resumable, with a table at the end',
    output,
  )
}

/** `simplebits condense`: the same front door, for who looks for condensation by its name. */
export function condenseCommand(output: Output): Command {
  return experimentOf(
    'condense',
    'condense a data set into a few pictures a class, as an experiment’s file says',
    output,
  )
}

/** `simplebits retrain`: the same front door; the file’s `retrainSteps` say how long fresh classifiers are trained. */
export function retrainCommand(output: Output): Command {
  return experimentOf(
    'retrain',
    'simplify a data set and train fresh classifiers on it, as an experiment’s file says',
    output,
  )
}

const EXAMPLE = { experiment: 'smoke', condense: 'condense-digits', retrain: 'tradeoff-clothing' }

function experimentOf(name: keyof typeof EXAMPLE, what: string, output: Output): Command {
  const file = `experiments/${EXAMPLE[name]}.json`
  return new Command(name)
    .description(what)
    .argument('<file>', 'JSON file with the experiment')
    .option('--out <folder>', 'where the run folder is made, named like the experiment', 'runs')
    .addOption(dataOption())
    .option('--set <key=value>', 'a setting that overrides the file; may be repeated', collect, [])
    .option('--resume', 'continue the existing run', false)
    .option('--dry-run', 'one step of everything, in a run folder of its own', false)
    .addOption(backendOption())
    .addHelpText('after', examples(`${name} ${file} --out out/lab`, `${name} ${file} --out out/lab --resume`))
    .action((path: string, options: ExperimentOptions) => run(path, options, output))
}

async function run(path: string, options: ExperimentOptions, output: Output): Promise<void> {
  output.makesFiles()
  const { composeLab } = await import('../../compose')
  await closing(composeLab({ backend: options.backend, runs: resolve(options.out) }), async (lab) => {
    const { run, folder, tables } = await lab.run(
      {
        config: await readConfig(path),
        overrides: options.set,
        data: options.data,
        resume: options.resume,
        dryRun: options.dryRun,
      },
      { onEvent: (event) => show(event, output), signal: output.signal },
    )
    for (const table of tables) output.data(`\n${table}`)
    output.data(`\nPictures (each original above its simplified twin):`)
    for (const { cell } of run.results) output.data(`  ${join(folder, 'samples', `${cell.id}.png`)}`)
    output.say(run.state === 'paused' ? `Paused; go on with --resume. ${folder}` : `Written to ${folder}`)
  })
}

function show(event: ExperimentEvent, output: Output): void {
  if (event.kind === 'result')
    output.say(
      `done: ${event.result.cell.id}, ${duration(event.result.seconds)}, ${event.result.bpd.simplified.toFixed(2)} bits per dimension`,
    )
  if (event.kind !== 'progress') return
  const { done, total, secondsLeft, note } = event.progress
  output.progress(`${done.toFixed(2)} of ${total}${leftText(secondsLeft)}  ${note}`)
}
