import { Command } from 'commander'
import { BUNDLED_CLASSIFIER, type BackendChoice, type ModelName } from '../../../contract'
import { decidedPercentText, thresholdPercentText } from '../../domain/numbers'
import { withTerminal } from '../closing'
import { backendOption, examples, modelByName } from '../options'
import { printRows } from '../rows'
import type { Output } from '../terminal'
import { saysYesFrom } from '../words'

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
    .option('--force', 'also classify films that are not chest radiographs', false)
    .option('--json', 'one line of JSON per file: {file, probability, decision, threshold} or {file, error}', false)
    .addHelpText('after', examples('classify film.dcm', 'classify films/ --json > decisions.jsonl'))
    .action((paths: string[], options: ClassifyOptions) => run(paths, options, output))
}

async function run(paths: readonly string[], options: ClassifyOptions, output: Output): Promise<void> {
  const probabilities: number[] = []
  let from = 0
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
      text: ({ probability, decision, threshold }) =>
        `${decidedPercentText(probability, threshold).padStart(8)}  ${decision ? 'yes' : 'no '}`,
      seen: ({ probability, threshold }) => {
        probabilities.push(probability)
        from = threshold
      },
      foot: () => saysYesFrom(options.model, thresholdPercentText(from, probabilities)),
    })
  })
}
