import { Command } from 'commander'
import { BUNDLED_FLOW, type BackendChoice, type ModelName } from '../../../contract'
import { withTerminal } from '../closing'
import { backendOption, examples, modelByName } from '../options'
import { printRows } from '../rows'
import type { Output } from '../terminal'

interface BitsOptions {
  readonly flow: ModelName
  readonly backend: BackendChoice
  readonly force: boolean
  readonly json: boolean
}

export function bitsCommand(output: Output): Command {
  return new Command('bits')
    .description('bits of films as the model sees them: mean over eight fixed noises, and the sum of the bit map')
    .argument('<path...>', 'DICOM, PNG or JPEG files, or folders of them')
    .option('--flow <name>', 'the flow that measures bits', modelByName, BUNDLED_FLOW)
    .addOption(backendOption())
    .option('--force', 'also measure films that are not chest radiographs', false)
    .option('--json', 'one line of JSON per file: {file, bits, bpd, sumOfMap} or {file, error}', false)
    .addHelpText('after', examples('bits film.dcm', 'bits films/ --json'))
    .action((paths: string[], options: BitsOptions) => run(paths, options, output))
}

async function run(paths: readonly string[], options: BitsOptions, output: Output): Promise<void> {
  await withTerminal(options.backend, async (terminal) => {
    const found = await terminal.bits({
      paths,
      flow: options.flow,
      confirmed: options.force,
      signal: output.signal,
      onProgress: (done, total) => output.progress(`${done}/${total} films`),
    })
    await printRows(output, found, {
      json: options.json,
      text: ({ bits, bpd }) => `${bits.toFixed(0).padStart(7)} bits  ${bpd.toFixed(3)} bits per pixel`,
    })
  })
}
