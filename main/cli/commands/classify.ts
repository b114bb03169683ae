import { Command } from 'commander'
import { BUNDLED_CLASSIFIER, type BackendChoice, type ModelName } from '../../../contract'
import { withTerminal } from '../closing'
import { backendOption, examples, modelByName } from '../options'
import { printRows } from '../rows'
import type { Output } from '../terminal'

interface ClassifyOptions {
  readonly model: ModelName
  readonly backend: BackendChoice
  readonly force: boolean
  readonly json: boolean
}

export function classifyCommand(output: Output): Command {
  return new Command('classify')
    .description('probability and decision of the classifier for any number of films')
    .argument('<path...>', 'DICOM, PNG or JPEG files, or folders of them')
    .option('--model <name>', 'the classifier', modelByName, BUNDLED_CLASSIFIER)
    .addOption(backendOption())
    .option('--force', 'classify films that are no chest radiographs too', false)
    .option('--json', 'a line of JSON a file: {file, probability, decision} or {file, error}', false)
    .addHelpText('after', examples('classify film.dcm', 'classify films/ --json > decisions.jsonl'))
    .action((paths: string[], options: ClassifyOptions) => run(paths, options, output))
}

async function run(paths: readonly string[], options: ClassifyOptions, output: Output): Promise<void> {
  await withTerminal(options.backend, async (terminal) => {
    const found = await terminal.classify({
      paths,
      model: options.model,
      confirmed: options.force,
      signal: output.signal,
      onProgress: (done, total) => output.progress(`${done}/${total} films`),
    })
    await printRows(output, found, {
      json: options.json,
      text: ({ probability, decision }) => `${probability.toFixed(3)}  ${decision ? 'yes' : 'no '}`,
    })
  })
}
