import { Command, CommanderError, Help, type Option } from 'commander'
import { RESEARCH_USE_ONLY, SimpleBitsError } from '../../contract'
import { version } from '../../package.json'
import { auditCommand } from './commands/audit'
import { benchCommand } from './commands/bench'
import { benchmarkCommand } from './commands/benchmark'
import { bitsCommand } from './commands/bits'
import { classifyCommand } from './commands/classify'
import { cohortCommand } from './commands/cohort'
import { condenseCommand, experimentCommand, retrainCommand } from './commands/experiment'
import { importCommand } from './commands/import'
import { modelsCommand } from './commands/models'
import { queueCommand } from './commands/queue'
import { reportCommand } from './commands/report'
import { resultsCommand } from './commands/results'
import { selfcheckCommand } from './commands/selfcheck'
import { trainCommand } from './commands/train'
import { zonesCommand } from './commands/zones'
import type { Output } from './terminal'

const DONE = 0
export const SOME_FAILED = 1
const WRONG_USAGE = 2

/** Parses and runs one command line; answers with the exit code. Never throws. */
export async function runProgram(args: readonly string[], output: Output): Promise<number> {
  // On stdout: asked for. Its code cannot tell, for commander takes the process's, which stands for failed until all is done.
  let helped = false
  try {
    await createProgram(output, () => (helped = true)).parseAsync([...args], { from: 'user' })
    // Whatever a command kept when it was interrupted, it is not the whole of what was asked for.
    return output.failed || output.signal.aborted ? SOME_FAILED : DONE
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 || helped ? DONE : WRONG_USAGE
    const known = SimpleBitsError.from(error)
    output.say(`${known.code}: ${known.message}`)
    if (known.code === 'INTERNAL' && error instanceof Error && process.env['SIMPLEBITS_LOG'])
      output.say(error.stack ?? '')
    return known.code === 'BAD_REQUEST' ? WRONG_USAGE : SOME_FAILED
  }
}

function createProgram(output: Output, onHelp: () => void): Command {
  const program = new Command('simplebits')
    .description(`Shows which part of a chest radiograph a classifier really uses.\n${RESEARCH_USE_ONLY}`)
    .version(version, '--version', 'print the version')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 some cases failed (named) or ended early, 2 wrong usage. Data on stdout, progress on stderr.',
    )
    .showHelpAfterError('(add --help for how it is used)')
    // An option behind a subcommand is the subcommand's, also where its parent has one of that name.
    .enablePositionalOptions()
  const commands = [
    auditCommand,
    importCommand,
    queueCommand,
    reportCommand,
    bitsCommand,
    classifyCommand,
    selfcheckCommand,
    modelsCommand,
    trainCommand,
    experimentCommand,
    condenseCommand,
    retrainCommand,
    resultsCommand,
    cohortCommand,
    benchCommand,
    benchmarkCommand,
    zonesCommand,
  ]
  for (const command of commands) program.addCommand(command(output))
  forEachCommand(program, (command) => {
    command.exitOverride()
    command.configureHelp({ optionDescription })
    command.configureOutput({
      writeOut(text) {
        onHelp()
        output.data(text.trimEnd())
      },
      writeErr: (text) => output.say(text.trimEnd()),
    })
  })
  return program
}

/** That a switch is off, and a list empty, until it is asked for needs no saying. */
function optionDescription(option: Option): string {
  return new Help().optionDescription(option).replace(/ \(default: (false|null|\[\])\)$/, '')
}

function forEachCommand(command: Command, act: (command: Command) => void): void {
  act(command)
  for (const child of command.commands) forEachCommand(child, act)
}
