import { Command, Option } from 'commander'
import {
  BUNDLED_CLASSIFIER,
  BUNDLED_FLOW,
  auditStart,
  zoneName,
  objectiveName,
  presetName,
  queueName,
  SimpleBitsError,
  USUAL_START,
  type AuditEvent,
  type AuditRestriction,
  type ZoneName,
  type AuditStart,
  type BackendChoice,
  type ModelName,
  type ObjectiveName,
  type PresetName,
  type QueueName,
} from '../../../contract'
import type { SummaryRow } from '../../domain/auditSummary'
import { summaryText } from '../../domain/summaryTable'
import { auditQueue } from '../auditQueue'
import { withTerminal } from '../closing'
import { sayPassedOver } from '../found'
import { backendOption, examples, integer, LABELS_HELP, labelsOption, modelByName, parsedWith } from '../options'
import { printAudits } from '../printAudits'
import type { Output } from '../terminal'
import { storeOption, withStore } from '../withStore'
import { percentDoneText } from '../words'

interface AuditOptions {
  readonly out?: string
  readonly queue?: QueueName
  readonly store?: string
  readonly again: boolean
  readonly model: ModelName
  readonly flow: ModelName
  readonly preset: PresetName
  readonly objective: ObjectiveName
  readonly seed: number
  readonly repeat: boolean
  readonly randomise: boolean
  readonly fresh: ModelName | null
  readonly start: AuditStart
  readonly labels: readonly string[]
  readonly keepZone?: readonly ZoneName[]
  readonly onlyZone?: readonly ZoneName[]
  readonly backend: BackendChoice
  readonly force: boolean
  readonly summary: boolean
  readonly json: boolean
}

export function auditCommand(output: Output): Command {
  return new Command('audit')
    .description('find for each film the simplest picture that the classifier uses in the same way')
    .argument('[path...]', 'DICOM, PNG or JPEG files, or folders of them')
    .addOption(
      new Option('--queue <name>', 'in place of files: audit a queue of the store, into the store').choices(
        queueName.options,
      ),
    )
    .addOption(storeOption())
    .option('--again', 'with --queue: also audit films that already have an audit', false)
    .option('--out <folder>', 'where each case gets its own folder; with --queue: optional folder for the reports')
    .option('--model <name>', 'the classifier', modelByName, BUNDLED_CLASSIFIER)
    .option('--flow <name>', 'the flow that measures bits', modelByName, BUNDLED_FLOW)
    .addOption(new Option('--preset <name>', 'how long to search').choices(presetName.options).default('standard'))
    .addOption(
      new Option('--objective <name>', 'what "used in the same way" means')
        .choices(objectiveName.options)
        .default('activation'),
    )
    .option('--seed <number>', 'seed of everything random', integer, 0)
    .addOption(
      new Option(
        '--start <place>',
        'where the search starts: from the film, its finest detail weakened, or from the instant estimate',
      )
        .choices(auditStart.options)
        .default(USUAL_START),
    )
    .option('--repeat', 'search again from two further seeds, for the certificate', false)
    .addOption(
      zoneOption('--keep-zone <name>', 'keep this zone as on the film and simplify everything else').conflicts(
        'randomise',
      ),
    )
    .addOption(zoneOption('--only-zone <name>', 'simplify this zone only').conflicts(['keepZone', 'randomise']))
    .option('--randomise', 'search again with shuffled weights, for the certificate', false)
    .option('--fresh <name>', 'a second classifier to ask about film and result', modelByName, null)
    .addOption(labelsOption())
    .addOption(backendOption())
    .option('--force', 'also audit films that are not chest radiographs', false)
    .option(
      '--summary',
      'print a table of all cases; also written as summary.json, and with what its columns mean as summary.md',
      false,
    )
    .option('--json', 'print each audit record as a line of JSON', false)
    .addHelpText(
      'after',
      `\nEach case folder holds audit.json, film.png, simplified.png, bitmap.png, detail.png, maps.safetensors and report.pdf.${LABELS_HELP}\n${examples(
        'audit film.dcm --out out/film',
        'audit films/ --out out/films --summary',
        'audit film.dcm --out out/film --preset thorough --repeat --json',
        'audit film.dcm --out out/film --randomise --fresh effusion-128-b',
        'audit --queue false-positive --preset quick',
      )}`,
    )
    .action((paths: string[], options: AuditOptions) =>
      options.queue === undefined ? run(paths, options, output) : runQueue(paths, options, output),
    )
}

async function runQueue(paths: readonly string[], options: AuditOptions, output: Output): Promise<void> {
  const { queue, preset, objective, seed, repeat, force, again, json, out } = options
  if (queue === undefined || paths.length > 0)
    throw new SimpleBitsError('BAD_REQUEST', 'Give either files or --queue, not both.')
  const refused = ofFilesAlone(options)
  if (refused.length > 0)
    throw new SimpleBitsError('BAD_REQUEST', `A queue is audited as in the window: without ${refused.join(', ')}.`)
  output.makesFiles()
  if (out !== undefined) {
    const { requireFolder } = await import('../../compose')
    await requireFolder(out)
  }
  const choice = { preset, objective, seed, repeat, confirmed: force }
  await withStore(options, (store) => auditQueue(store, { queue, choice, again, json, out: out ?? null }, output))
}

/** Options that a queue's audits do not know: naming them must not be passed over in silence. */
function ofFilesAlone(options: AuditOptions): string[] {
  const { model, flow, start, keepZone = [], onlyZone = [], randomise, fresh, labels, summary } = options
  const given: readonly (readonly [string, boolean])[] = [
    ['--model', model !== BUNDLED_CLASSIFIER],
    ['--flow', flow !== BUNDLED_FLOW],
    ['--start', start !== USUAL_START],
    ['--keep-zone', keepZone.length > 0],
    ['--only-zone', onlyZone.length > 0],
    ['--randomise', randomise],
    ['--fresh', fresh !== null],
    ['--labels', labels.length > 0],
    ['--summary', summary],
  ]
  return given.flatMap(([name, is]) => (is ? [name] : []))
}

async function run(paths: readonly string[], options: AuditOptions, output: Output): Promise<void> {
  const { out, model, flow, preset, objective, seed, start, repeat } = options
  if (paths.length === 0 || out === undefined)
    throw new SimpleBitsError('BAD_REQUEST', 'Give films and --out <folder>, or --queue <name>.')
  if (options.again || options.store !== undefined)
    throw new SimpleBitsError('BAD_REQUEST', '--again and --store belong to --queue <name>; films are given without.')
  output.makesFiles()
  await withTerminal(options.backend, async (terminal) => {
    const { skipped, unusedLabels, rows } = await terminal.audit(
      {
        paths,
        out,
        choice: { model, flow, preset, objective, seed, start, repeat },
        restriction: restrictionOf(options),
        tests: { randomise: options.randomise, fresh: options.fresh },
        confirmed: options.force,
        signal: output.signal,
        onEvent: ({ index, total, name }, event) => showProgress(output, `[${index + 1}/${total}] ${name}`, event),
      },
      options.labels,
    )
    sayPassedOver(output, skipped)
    for (const line of unusedLabels) output.say(line)
    const summarise = async (finished: readonly SummaryRow[]) => summaryText(await terminal.writeSummary(out, finished))
    await printAudits(rows, { json: options.json, summarise: options.summary ? summarise : null }, output)
  })
}

function zoneOption(flags: string, description: string): Option {
  return new Option(flags, `${description}; may be repeated`)
    .choices(zoneName.options)
    .argParser((name: string, before: readonly ZoneName[] = []) => [...before, parsedWith(zoneName)(name)])
}

function restrictionOf({ keepZone = [], onlyZone = [] }: AuditOptions): AuditRestriction | null {
  if (keepZone.length > 0) return { mode: 'keep', zones: [...keepZone], mask: null }
  return onlyZone.length > 0 ? { mode: 'only', zones: [...onlyZone], mask: null } : null
}

function showProgress(output: Output, name: string, event: AuditEvent): void {
  if (event.kind === 'progress') output.progress(`${name}: ${percentDoneText(event.progress)}`)
}
