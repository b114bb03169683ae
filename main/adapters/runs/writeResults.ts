import { copyFile, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { markdownTable } from '../../domain/summaryTable'
import {
  PAPER_SETTINGS,
  settingsText,
  tablesOf,
  TOPICS,
  tradeOffOf,
  tradeOffSvg,
  type ResultTable,
  type Topic,
} from '../../domain/experiments'
import { makeFolder, writeAtomic } from '../files'
import { findRuns, type FoundRun } from './findRuns'

const HEADINGS: Readonly<Record<Topic, string>> = {
  distractors: 'Distractors vanish',
  tradeoff: 'Accuracy against bits',
  retraining: 'Retraining on simplified pictures',
  condensation: 'Condensed sets',
}

/**
 * Writes what is committed of runs into a folder: a summary a run (`runs/<id>.json`), the pictures of each setting
 * with its first seed (contact sheets `img/lab/`, levels for the window `samples/`), and a Markdown page a topic over all summaries that the folder then holds, with plots of the trade-offs. No
 * figure of the tables is typed by hand; what is to be said of them stands in `notes/<topic>.md` and is copied into the page.
 *
 * @returns the files
 */
export async function writeResults(runs: readonly FoundRun[], out: string): Promise<string[]> {
  const written: string[] = []
  const keep = async (path: string, content: string) => {
    await writeAtomic(path, content)
    written.push(path)
  }
  for (const { run, folder } of runs) {
    if (folder === null || run.results.length === 0) continue
    await keep(join(out, 'runs', `${run.id}.json`), `${JSON.stringify(run, null, 2)}\n`)
    await makeFolder(join(out, 'img', 'lab'))
    for (const { cell } of sheetsOf(run)) {
      const target = join(out, 'img', 'lab', sheetName(run.id, cell.id))
      await copyFile(join(folder, 'samples', `${cell.id}.png`), target)
      const pictures = join(out, 'samples', run.id, `${cell.id}.json`)
      await makeFolder(dirname(pictures))
      await copyFile(join(folder, 'samples', `${cell.id}.json`), pictures)
      written.push(target, pictures)
    }
  }
  const all = await findRuns(join(out, 'runs'))
  for (const { run } of all) {
    const tradeOff = tradeOffOf(run)
    if (tradeOff && hasPlot(run)) await keep(join(out, 'img', 'lab', plotName(run.id)), tradeOffSvg(tradeOff, run.id))
  }
  for (const topic of TOPICS) {
    const sections = all.flatMap((found) =>
      tablesOf(found.run)
        .filter((table) => table.topic === topic)
        .map((table) => sectionOf(found, table)),
    )
    if (sections.length > 0) {
      const notes = await readFile(join(out, 'notes', `${topic}.md`), 'utf8').catch(() => '')
      await keep(join(out, `${topic}.md`), pageOf(topic, { notes, sections }))
    }
  }
  return written
}

type Run = FoundRun['run']
const plotName = (run: string) => `${run}.svg`
/** A plot needs several settings, and no parts to look at instead. */
const hasPlot = (run: Run) => run.experiment.pressures.length > 1
const sheetName = (run: string, cell: string) => `${run}-${cell}.png`

/** Simplified and condensed sets of the first seed. */
function sheetsOf(run: Run): Run['results'] {
  const first = run.experiment.seeds[0]
  return run.results.filter(({ cell }) => cell.seed === first && cell.method !== 'blur' && cell.method !== 'jpeg')
}

function pageOf(topic: Topic, { notes, sections }: { notes: string; sections: readonly string[] }): string {
  return `# ${HEADINGS[topic]}

**Research use only – not for diagnosis.**

Written by \`simplebits results RUNS --write docs/results\` from the run summaries in \`runs/\`; print the tables again with
\`simplebits results\`. Means over seeds ± standard deviation; test pictures only.

${PAPER_SETTINGS[topic === 'condensation' ? 'condensation' : 'simplification']} What was done here is said with each run.

${notes === '' ? '' : `${notes.trim()}\n\n`}${sections.join('\n\n')}
`
}

function sectionOf({ run }: FoundRun, table: ResultTable): string {
  const { data } = run.experiment
  const pictures = sheetsOf(run).map(({ cell }) => `![${cell.id}](img/lab/${sheetName(run.id, cell.id)})`)
  const minutes = (run.seconds / 60).toFixed(0)
  const plot = hasPlot(run) ? [`![Score against bits](img/lab/${plotName(run.id)})`] : []
  const shown = table.topic === 'retraining' ? [] : ['', ...[...plot, ...pictures].flatMap((one) => [one, ''])]
  return [
    `## ${run.experiment.name}`,
    '',
    `${table.title} ${data.train} pictures to train on, ${data.test} to test on; ${run.results.length} ${run.results.length === 1 ? 'training' : 'trainings'} in ${minutes} minutes. Command:`,
    '',
    `    simplebits experiment experiments/${run.experiment.name}.json`,
    '',
    settingsText(run.experiment),
    '',
    markdownTable(table.cells),
    ...shown,
  ].join('\n')
}
