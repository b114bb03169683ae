import { Command } from 'commander'
import {
  BUNDLED_CLASSIFIER,
  BUNDLED_FLOW,
  type BackendChoice,
  type MethodRow,
  type ModelName,
} from '../../../../contract'
import { cohortOf, cohortText } from '../../../domain/explain'
import { withTerminal } from '../../closing'
import { requireFound } from '../../found'
import { backendOption, examples, integer, modelByName } from '../../options'
import type { Output } from '../../terminal'
import { duration, failed, percentDoneText } from '../../words'

interface ExplainOptions {
  readonly model: ModelName
  readonly flow: ModelName
  readonly seed: number
  readonly backend: BackendChoice
  readonly force: boolean
  readonly json: boolean
}

export function explainBenchmark(output: Output): Command {
  return new Command('explain')
    .description('compare bit map and detail left with Grad-CAM, integrated gradients and occlusion over films')
    .argument('[path...]', 'DICOM, PNG or JPEG files, or folders; the bundled films where none are named')
    .option('--model <name>', 'the classifier', modelByName, BUNDLED_CLASSIFIER)
    .option('--flow <name>', 'the flow that measures bits', modelByName, BUNDLED_FLOW)
    .option('--seed <number>', 'seed of everything random', integer, 0)
    .addOption(backendOption())
    .option('--force', 'also explain films that are not chest radiographs', false)
    .option('--json', 'one line of JSON per film, then one of the cohort', false)
    .addHelpText(
      'after',
      `\nInsertion is better high, deletion low; likeness to the map with shuffled weights should be low.\n${examples(
        'benchmark explain',
        'benchmark explain films/ --json',
      )}`,
    )
    .action((paths: string[], options: ExplainOptions) => run(paths, options, output))
}

async function run(paths: readonly string[], options: ExplainOptions, output: Output): Promise<void> {
  const { bundledFilms } = await import('../../../compose')
  const { model, flow, seed } = options
  const films: MethodRow[][] = []
  let files = 0
  await withTerminal(options.backend, async (terminal) => {
    const found = terminal.explain({
      model,
      flow,
      seed,
      signal: output.signal,
      // The bundled films are known to be fit, whatever their header claims.
      confirmed: options.force || paths.length === 0,
      paths: paths.length === 0 ? await bundledFilms() : paths,
      onProgress: ({ index, total, name }, progress) =>
        output.progress(`[${index + 1}/${total}] ${name}: ${percentDoneText(progress)}`),
    })
    for await (const row of found) {
      files++
      if ('error' in row) {
        output.fail()
        output.say(failed(row))
        if (options.json) output.data(JSON.stringify(row))
        continue
      }
      const { rows, seconds, decision } = row.explanation
      films.push(rows)
      if (options.json) output.data(JSON.stringify({ file: row.file, decision, seconds, rows }))
      else output.say(`${row.file}: ${duration(seconds)}`)
    }
  })
  requireFound(output, files)
  const cohort = cohortOf(films)
  output.data(options.json ? JSON.stringify({ films: films.length, cohort }) : cohortText(cohort))
}
