import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { experimentRun, SimpleBitsError, type ExperimentRun } from '../../../contract'
import type { RunStore } from '../../ports'
import { readSamples } from './runFolder'

/**
 * The runs made here, and behind them those that came with the program: summaries in `runs/<id>.json` and pictures in
 * `samples/<id>/`, as `writeResults` leaves them. These can be looked at and exported; they have no curves, and stay as they are.
 *
 * @param folder null where none came along
 */
export function withBundledRuns(own: RunStore, folder: string | null): RunStore {
  const bundled = async (): Promise<ExperimentRun[]> => {
    if (folder === null) return []
    const names = (await readdir(join(folder, 'runs')).catch(() => [])).filter((name) => name.endsWith('.json')).sort()
    const read = await Promise.all(names.map((name) => summaryAt(join(folder, 'runs', name))))
    return read.flatMap((run) => run ?? [])
  }
  const bundledRun = async (id: string) => (await bundled()).find((run) => run.id === id) ?? null
  const isOwn = async (id: string) => (await own.list()).some((run) => run.id === id)
  /** @throws SimpleBitsError BAD_REQUEST where the run came with the program */
  const refuseBundled = async (id: string): Promise<void> => {
    if (!(await isOwn(id)) && (await bundledRun(id)))
      throw new SimpleBitsError('BAD_REQUEST', 'This run came with the program and stays as it is.')
  }
  return {
    folderOf: (id) => own.folderOf(id),
    create: (run) => own.create(run),
    async list() {
      const made = await own.list()
      const known = new Set(made.map(({ id }) => id))
      return [...made, ...(await bundled()).filter(({ id }) => !known.has(id))]
    },
    async read(id) {
      return ((await isOwn(id)) ? null : await bundledRun(id)) ?? own.read(id)
    },
    async details(id) {
      const run = (await isOwn(id)) ? null : await bundledRun(id)
      if (!run || folder === null) return own.details(id)
      return { run, points: [], samples: await readSamples(join(folder, 'samples', id)), bundled: true }
    },
    async change(id, fields) {
      await refuseBundled(id)
      return own.change(id, fields)
    },
    async remove(id) {
      await refuseBundled(id)
      await own.remove(id)
    },
  }
}

/** Null where the file cannot be read as one: the others are there all the same. */
function summaryAt(path: string): Promise<ExperimentRun | null> {
  const run = readFile(path, 'utf8').then((text) => experimentRun.parse(JSON.parse(text)))
  return run.catch(() => null)
}
