import { Command } from 'commander'
import { BUNDLED_FLOW, type BackendChoice, type ModelName } from '../../../../contract'
import { flowTableText } from '../../../domain/flowRows'
import { withTerminal } from '../../closing'
import { backendOption, dataOption, examples, modelByName } from '../../options'
import type { Output } from '../../terminal'
import { stepsText } from '../../words'

interface MeasureFlowOptions {
  readonly model: ModelName
  readonly data: string
  readonly backend: BackendChoice
  readonly json: boolean
  readonly markdown: boolean
}

/** `simplebits train measure-flow`: what a flow's held-out films cost, in its own levels and in stored grey. */
export function measureFlowCommand(output: Output): Command {
  return new Command('measure-flow')
    .description('measure a flow on the films that its training held out, beside lossless JPEG-LS')
    .option('--model <name>', 'the flow', modelByName, BUNDLED_FLOW)
    .addOption(dataOption())
    .addOption(backendOption())
    .option('--json', 'one line of JSON per group instead of a table', false)
    .option('--markdown', 'the table as it stands in docs/results', false)
    .addHelpText(
      'after',
      `\nBits a pixel, means over films with 95 % bootstrap intervals; "stored grey" by change of variables (docs/method.md, section 2).\n${examples(
        'train measure-flow',
        'train measure-flow --model glow-cxr-128 --markdown',
      )}`,
    )
    .action((options: MeasureFlowOptions) => run(options, output))
}

async function run(options: MeasureFlowOptions, output: Output): Promise<void> {
  await withTerminal(options.backend, async (terminal) => {
    const { measurement, rows } = await terminal.measureFlow(
      { flow: options.model, data: options.data },
      { signal: output.signal, onProgress: (progress) => output.progress(stepsText(progress)) },
    )
    const { flow, trained, films } = measurement
    output.say(
      `${flow.name}: ${trained} films trained on, ${films.length} held out, by patient where the patient is known`,
    )
    if (options.json) for (const row of rows) output.data(JSON.stringify(row))
    else output.data(flowTableText(rows, options.markdown))
  })
}
