import { resolve } from 'node:path'
import { Command } from 'commander'
import type { BackendChoice, CallResult, CaseId } from '../../../contract'
import type { LabelTables } from '../../compose'
import { requireFound, sayPassedOver } from '../found'
import { backendOption, examples, LABELS_HELP, labelsOption } from '../options'
import type { Output } from '../terminal'
import { storeOption, withStore, type TerminalStore } from '../withStore'
import { count, failed, leftText } from '../words'

interface ImportOptions {
  readonly store?: string
  readonly labels: readonly string[]
  readonly copy: boolean
  readonly unprotected: boolean
  readonly backend: BackendChoice
  readonly json: boolean
}

export function importCommand(output: Output): Command {
  return new Command('import')
    .description('bring films into the store, as the window does; importing again continues where it stopped')
    .argument('<path...>', 'DICOM, PNG or JPEG files, folders of them, or a DICOMDIR')
    .addOption(storeOption())
    .addOption(labelsOption())
    .option('--copy', 'copy the films into the store, encrypted; else they stay where they are', false)
    .option(
      '--unprotected',
      'a new store keeps its key in clear: anyone who can read the folder can read the films',
      false,
    )
    .addOption(backendOption())
    .option('--json', 'print the result as JSON', false)
    .addHelpText(
      'after',
      `${LABELS_HELP}\n${examples('import films/ --labels reports.csv', 'import /media/cd/DICOMDIR --store ~/audit --copy')}`,
    )
    .action((paths: string[], options: ImportOptions) =>
      withStore({ ...options, mayCreate: true }, (store) => run(store, { paths, options, output })),
    )
}

interface Run {
  readonly paths: readonly string[]
  readonly options: ImportOptions
  readonly output: Output
}

async function run(store: TerminalStore, { paths, options, output }: Run): Promise<void> {
  output.makesFiles()
  const { readLabelTables } = await import('../../compose')
  // A table that cannot be used is told before the films come in.
  const tables = await readLabelTables(options.labels)
  store.onEvent((event) => {
    if (event.type !== 'import') return
    output.progress(`${event.done}/${event.total} films${leftText(event.secondsLeft)}`)
  })
  const cancel = () => void store.ask('cancelImport', null)
  output.signal.addEventListener('abort', cancel)
  const whole: CallResult<'importFiles'> = output.signal.aborted
    ? { added: [], alreadyThere: 0, failed: [], skipped: 0, cancelled: true }
    : await store.ask('importFiles', { paths: paths.map((path) => resolve(path)), copy: options.copy })
  const { labelled, labelledAsBundled, unused } = await label(store, tables).catch((error: unknown) => {
    output.say(
      `${count(whole.added.length, 'film')} added, none labelled: ${store.folder}. Import the same again to go on.`,
    )
    throw error
  })
  for (const line of unused) output.say(line)
  sayPassedOver(output, whole.skipped)
  for (const failure of whole.failed) output.say(failed(failure))
  if (whole.failed.length > 0) output.fail()
  const again = whole.alreadyThere > 0 ? `, ${whole.alreadyThere} already there` : ''
  const bundled = labelledAsBundled > 0 ? `, ${count(labelledAsBundled, 'bundled film')} labelled by the product` : ''
  const ended = whole.cancelled ? ' Ended early; import the same again to go on.' : ''
  output.say(
    `${count(whole.added.length, 'film')} added${again}, ${labelled} labelled${bundled}: ${store.folder}.${ended}`,
  )
  const undecided = whole.cancelled ? 0 : await withoutDecision(store, whole.added)
  if (undecided > 0) {
    output.fail()
    output.say(
      `${count(undecided, 'film')} came in without a decision: the classifier did not answer. “simplebits classify” on one of them says why; then import the same again.`,
    )
  }
  requireFound(output, whole.added.length + whole.alreadyThere + whole.failed.length)
  if (options.json) output.data(JSON.stringify({ ...whole, labelled, labelledAsBundled }))
}

async function withoutDecision(store: TerminalStore, added: readonly CaseId[]): Promise<number> {
  const cases = await store.ask('listCases', null)
  const wanted = new Set(added)
  return cases.filter(({ id, decision }) => decision === null && wanted.has(id)).length
}

/** Gives films without a report label the one that a table, or the product for its own films, has; what was set stays. */
async function label(store: TerminalStore, { labelsOf }: LabelTables) {
  const cases = await store.ask('listCases', null)
  const { labels, bundled, unused } = labelsOf(cases.map(({ file }) => file))
  const found = cases.flatMap(({ id, file, reportLabel }) => {
    const label = reportLabel === null ? labels.get(file) : undefined
    return label === undefined ? [] : [{ caseId: id, label, isBundled: bundled.has(file) }]
  })
  await store.ask('reviewSetLabels', { labels: found.map(({ caseId, label }) => ({ caseId, label })) })
  const labelledAsBundled = found.filter(({ isBundled }) => isBundled).length
  return { labelled: found.length - labelledAsBundled, labelledAsBundled, unused }
}
