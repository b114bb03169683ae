import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { experimentRun, SimpleBitsError, type ExperimentRun } from '../../../contract'
import { readExperimentRun } from './runFolder'

export interface FoundRun {
  readonly run: ExperimentRun
  /** The run folder, or null where the run was read from a committed summary. */
  readonly folder: string | null
}

/**
 * Runs at a place: a run folder, a folder of run folders, or a folder of committed summaries (`<name>.json`, each a `run.json`).
 *
 * @throws SimpleBitsError FILE_NOT_FOUND where the place is not there
 */
export async function findRuns(place: string): Promise<FoundRun[]> {
  if (!(await stat(place).catch(() => null)))
    throw new SimpleBitsError('FILE_NOT_FOUND', `There is no folder ${place}.`)
  const own = await readExperimentRun(place)
  if (own) return [{ run: own, folder: place }]
  const found: FoundRun[] = []
  for (const entry of (await readdir(place, { withFileTypes: true })).sort((a, b) => a.name.localeCompare(b.name))) {
    const path = join(place, entry.name)
    const run = entry.isDirectory() ? await readExperimentRun(path).catch(() => null) : await summaryAt(path)
    if (run) found.push({ run, folder: entry.isDirectory() ? path : null })
  }
  return found
}

async function summaryAt(path: string): Promise<ExperimentRun | null> {
  if (!path.endsWith('.json')) return null
  const parsed = experimentRun.safeParse(JSON.parse(await readFile(path, 'utf8')))
  return parsed.success ? parsed.data : null
}
