import { join } from 'node:path'
import {
  SimpleBitsError,
  type EngineParams,
  type EngineState,
  type Experiment,
  type ExperimentRun,
} from '../../contract'
import { folderRunStore } from '../../main/adapters/runs'
import type { LabDeps } from '../../main/app/lab'
import type { RunReport } from '../../main/domain/report'
import type { Engine, EngineCallOptions, ResultFiles } from '../../main/ports'

/** One experiment that the scripted engine was asked for; the test decides what it streams and how it ends. */
export interface PendingRun {
  readonly params: EngineParams<'experiment'>
  readonly options: EngineCallOptions<'experiment'>
  /** Ends as the engine would: with a checkpoint, or with all results. */
  end(state: 'paused' | 'done', fields?: Partial<ExperimentRun>): Promise<void>
  fail(error: SimpleBitsError): void
}

/** The lab's ports, its runs in a real folder; what it writes stays in `written`. */
export function scriptedLab(root: string, templates: readonly Experiment[] = []) {
  const runs = folderRunStore(join(root, 'runs'))
  const pending: PendingRun[] = []
  const written: { texts: { path: string; text: string }[]; reports: RunReport[] } = { texts: [], reports: [] }
  const results: ResultFiles = {
    text: async (path, text) => void written.texts.push({ path, text }),
    tensors: async () => undefined,
  }
  let state: EngineState = { state: 'starting' }
  let data = '/data'
  const count = { restarts: 0 }
  const ready = (): EngineState => {
    const info = { backend: 'wasm' as const, refused: [], threads: 1, versions: {}, models: [] }
    return (state = { state: 'ready', info })
  }
  const begin = (params: EngineParams<'experiment'>, options: EngineCallOptions<'experiment'>) =>
    new Promise<ExperimentRun>((resolve, reject) => {
      const id = params.out.split(/[\\/]/).pop() ?? ''
      pending.push({
        ...{ params, options, fail: reject },
        end: async (ended, fields = {}) => resolve(await runs.change(id, { ...fields, state: ended })),
      })
    })
  const engine: Engine = {
    call: (async (_method: 'experiment', params: never, options: never) => begin(params, options)) as Engine['call'],
    state: () => state,
    onState: () => () => undefined,
    start: async () => ready(),
    async restart() {
      count.restarts++
      return ready()
    },
    close: async () => undefined,
  }
  const lab: LabDeps = {
    ...{ engine, runs, data: { folder: () => data, use: (folder: string) => (data = folder) } },
    catalogue: {
      templates: async () => templates.map((experiment) => ({ file: `${experiment.name}.json`, experiment })),
      publishedRuns: async () => [],
      missing: async (wanted) =>
        wanted.data.set === 'photos' ? { what: 'data', text: 'The photos are not here.' } : null,
    },
    reports: {
      async write(report) {
        written.reports.push(report)
      },
    },
  }
  return { lab, results, engine: { pending, count, die: () => (state = { state: 'dead', message: 'gone' }) }, written }
}
