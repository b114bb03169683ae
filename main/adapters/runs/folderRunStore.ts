import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SimpleBitsError, type ExperimentRun } from '../../../contract'
import type { RunStore } from '../../ports'
import { readExperimentRun, readPoints, readSamples, writeExperimentRun } from './runFolder'

/** Runs as folders below one folder, each named by its id. */
export function folderRunStore(root: string): RunStore {
  const folderOf = (id: string) => join(root, id)
  const read = async (id: string): Promise<ExperimentRun> => {
    const run = await readExperimentRun(folderOf(id))
    if (run) return run
    throw new SimpleBitsError('FILE_NOT_FOUND', `There is no run ${id} in ${root}.`)
  }
  return {
    folderOf,
    read,
    async list() {
      const names = await readdir(root).catch(() => [])
      const runs = await Promise.all(names.map((name) => readExperimentRun(folderOf(name)).catch(() => null)))
      return runs.flatMap((run) => run ?? []).sort((a, b) => b.startedAt.localeCompare(a.startedAt))
    },
    async details(id) {
      const folder = folderOf(id)
      return {
        run: await read(id),
        points: await readPoints(folder),
        samples: await readSamples(join(folder, 'samples')),
        bundled: false,
      }
    },
    create: (run) => writeExperimentRun(folderOf(run.id), run),
    async change(id, fields) {
      const changed = { ...(await read(id)), ...fields }
      await writeExperimentRun(folderOf(id), changed)
      return changed
    },
    remove: (id) => rm(folderOf(id), { recursive: true, force: true }),
  }
}
