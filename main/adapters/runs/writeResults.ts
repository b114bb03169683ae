import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { markdownTable } from '../../domain/summaryTable'
import { tablesOf, TOPICS, type ResultTable, type Topic } from '../../domain/experiments'
import { writeAtomic } from '../files'
import { findRuns, type FoundRun } from './findRuns'

const HEADINGS: Readonly<Record<Topic, string>> = {
  distractors: 'Distractors vanish',
  tradeoff: 'Accuracy against bits',
  retraining: 'Retraining on simplified pictures',
  condensation: 'Condensed sets',
}

/**
 * Writes what is committed of runs into a folder: a summary a run (`runs/<id>.json`), a contact sheet a setting of its first seed
 * (`img/lab/`), and a Markdown page a topic over all summaries that the folder then holds. No figure is typed by hand.
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
    if (folder === null) continue
    await keep(join(out, 'runs', `${run.id}.json`), `${JSON.stringify(run, null, 2)}\n`)
    await mkdir(join(out, 'img', 'lab'), { recursive: true })
    for (const { cell } of sheetsOf(run)) {
      const target = join(out, 'img', 'lab', sheetName(run.id, cell.id))
      await copyFile(join(folder, 'samples', `${cell.id}.png`), target)
      written.push(target)
    }
  }
  const all = await findRuns(join(out, 'runs'))
  for (const topic of TOPICS) {
    const sections = all.flatMap((found) =>
      tablesOf(found.run)
        .filter((table) => table.topic === topic)
        .map((table) => sectionOf(found, table)),
    )
    if (sections.length > 0) await keep(join(out, `${topic}.md`), pageOf(topic, sections))
  }
  return written
}

type Run = FoundRun['run']
const sheetName = (run: string, cell: string) => `${run}-${cell}.png`

/** Simplified and condensed sets of the first seed. */
function sheetsOf(run: Run): Run['results'] {
  const first = run.experiment.seeds[0]
  return run.results.filter(({ cell }) => cell.seed === first && cell.method !== 'blur' && cell.method !== 'jpeg')
}

function pageOf(topic: Topic, sections: readonly string[]): string {
  return `# ${HEADINGS[topic]}

**Research use only – not for diagnosis.**

Written by \`simplebits results RUNS --write docs/results\` from the run summaries in \`runs/\`; print the tables again with
\`simplebits results\`. Means over seeds ± standard deviation; test pictures only.

${sections.join('\n\n')}
`
}

function sectionOf({ run }: FoundRun, table: ResultTable): string {
  const { data } = run.experiment
  const pictures = sheetsOf(run).map(({ cell }) => `![${cell.id}](img/lab/${sheetName(run.id, cell.id)})`)
  const minutes = (run.seconds / 60).toFixed(0)
  const shown = table.topic === 'retraining' ? [] : ['', ...pictures]
  return [
    `## ${run.experiment.name}`,
    '',
    `${table.title} ${data.train} pictures to train on, ${data.test} to test on; ${run.results.length} trainings in ${minutes} minutes. Command:`,
    '',
    `    simplebits experiment experiments/${run.experiment.name}.json`,
    '',
    markdownTable(table.cells),
    ...shown,
  ].join('\n')
}
