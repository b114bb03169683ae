import {
  SimpleBitsError,
  type BackendChoice,
  type EngineEvent,
  type EngineParams,
  type ModelName,
  type Progress,
} from '../contract'
import { version as productVersion } from '../package.json'
import { createEngineClient, launchEngine } from './adapters/compute'
import type { PackageRequest } from './adapters/training/classifier'
import type { PackageFlowRequest } from './adapters/training/flow'
import type { PackageSimplifierRequest } from './adapters/training/simplifier'
import { DecodePool, decodeWorkerFile } from './adapters/dicom'
import { installedFolder } from './adapters/files'
import { createLogger } from './adapters/log'
import { pngPictureWriter } from './adapters/pictures'
import { pdfReportWriter } from './adapters/report'
import { findRuns, folderRunStore, writeResults as writeResultFiles } from './adapters/runs'
import { bundledCases, readLabelTables, resultFiles } from './adapters/store'
import { createModelStore, modelRoots } from './adapters/weights'
import {
  applyOverrides,
  auditFiles,
  bitsOfFiles,
  classifyFiles,
  explainFiles,
  measureFlow,
  runExperiment,
  trainModel,
  writeSummary,
  type AuditFilesRequest,
  type ExplainFilesRequest,
  type FilesRequest,
  type TrainedKind,
  type TrainingRequest,
} from './app'
import type { SummaryRow } from './domain/auditSummary'
import { checkedExperiment, dryRunOf, tablesOf, tableText, type ResultTable } from './domain/experiments'
import type { Clock } from './ports'

export { readLabelTables } from './adapters/store'
export { composeOwnClassifiers, sealClassifier } from './composeOwnClassifiers'
export { composeWorkstation, openTerminalStore, usualStoreFolder } from './composeStore'
export { composeZones, makeShortcutBenchmark } from './composeZones'
export { tableText } from './domain/experiments'
export { cohortOf, cohortText } from './domain/explain'
export { flowTableText } from './domain/flowRows'
export { percentText } from './domain/numbers'
export { cohortSummary } from './domain/report'
export { shortcutTablesText } from './domain/shortcuts'
export { summaryText } from './domain/summaryTable'

const systemClock: Clock = { now: () => new Date() }

/** The use cases as the command line calls them, over the real adapters. Close it at the end: the engine is a process. */
export function composeTerminal(options: { backend: BackendChoice }) {
  const log = createLogger({ file: null, level: process.env['SIMPLEBITS_LOG'] ?? 'silent' })
  const models = modelRoots(process.env)
  const engine = createEngineClient({ launch: () => launchEngine({ ...options, models }), log })
  const films = new DecodePool({ worker: decodeWorkerFile() })
  return {
    classify: (request: FilesRequest & { model: ModelName }) => classifyFiles({ engine, films }, request),
    bits: (request: FilesRequest & { flow: ModelName }) => bitsOfFiles({ engine, films }, request),
    audit: async (request: AuditFilesRequest, labelTables: readonly string[]) =>
      auditFiles(
        {
          ...{ engine, films, productVersion, clock: systemClock },
          labels: await readLabelTables(labelTables),
          pictures: pngPictureWriter,
          reports: pdfReportWriter,
          results: resultFiles,
        },
        request,
      ),
    explain: (request: ExplainFilesRequest) => explainFiles({ engine, films }, request),
    writeSummary: (out: string, rows: readonly SummaryRow[]) => writeSummary(resultFiles, out, rows),
    selfcheck: (directory: string, signal: AbortSignal) => engine.call('selfcheck', { directory }, { signal }),
    bench: (
      params: EngineParams<'bench'>,
      call: { onEvent: (event: EngineEvent<'bench'>) => void; signal: AbortSignal },
    ) => engine.call('bench', params, call),
    train: (
      what: { kind: TrainedKind; request: TrainingRequest },
      call: { onProgress: (progress: Progress) => void; signal: AbortSignal },
    ) => trainModel(engine, what, call),
    measureFlow: (
      request: { flow: ModelName; data: string },
      call: { onProgress: (progress: Progress) => void; signal: AbortSignal },
    ) => measureFlow(engine, request, call),
    async close() {
      await Promise.all([engine.close(), films.close()])
    },
  }
}

/** A run of an experiment as the command line asks for it. */
interface LabRequest {
  readonly config: unknown
  /** `key=value`, over the file. */
  readonly overrides: readonly string[]
  readonly data: string
  readonly resume: boolean
  readonly dryRun: boolean
}

/** Experiments of the training lab over the real adapters. Close it at the end: the engine is a process. */
export function composeLab(options: { backend: BackendChoice; runs: string }) {
  const log = createLogger({ file: null, level: process.env['SIMPLEBITS_LOG'] ?? 'silent' })
  const models = modelRoots(process.env)
  const engine = createEngineClient({ launch: () => launchEngine({ backend: options.backend, models }), log })
  const runs = folderRunStore(options.runs)
  return {
    async run(
      { config, overrides, data, resume, dryRun }: LabRequest,
      call: { onEvent: (event: EngineEvent<'experiment'>) => void; signal: AbortSignal },
    ) {
      const whole = checkedExperiment(applyOverrides({ ...Object(config) }, overrides))
      const experiment = dryRun ? dryRunOf(whole) : whole
      const runId = dryRun ? `${whole.name}-dry-run` : whole.name
      if (dryRun) await runs.remove(runId)
      const run = await runExperiment({ engine, runs }, { experiment, runId, data, resume }, call)
      return { run, folder: runs.folderOf(runId), tables: tablesOf(run).map((table) => tableText(table, false)) }
    },
    close: () => engine.close(),
  }
}

/** The tables of all runs at these places. */
export async function resultTables(places: readonly string[]): Promise<ResultTable[]> {
  const found = await Promise.all(places.map(findRuns))
  return found.flat().flatMap(({ run }) => tablesOf(run))
}

/** Summaries, contact sheets and a page a topic, as they are committed. */
export async function writeResults(places: readonly string[], out: string): Promise<string[]> {
  const found = await Promise.all(places.map(findRuns))
  return writeResultFiles(found.flat(), out)
}

/** The reference vectors that come with the product. */
export function bundledGolden(): string {
  const folder = installedFolder('test/golden/data')
  if (folder === null)
    throw new SimpleBitsError(
      'FILE_NOT_FOUND',
      'This installation has no reference vectors; name a folder with --golden.',
    )
  return folder
}

/** Files of the films that come with the product. */
export async function bundledFilms(): Promise<string[]> {
  return (await bundledCases()).map(({ path }) => path)
}

/** The models of this installation, and which were refused. Needs no engine. */
export async function listModels() {
  const refused: { name: string; error: SimpleBitsError }[] = []
  const models = await createModelStore(modelRoots(process.env), (name, error) => refused.push({ name, error })).list()
  return { models, refused }
}

/** Makes a classifier's model folder from finished runs. In this process: it is a developer's command and needs no queue. */
export async function packageTrainedClassifier(request: PackageRequest) {
  const [{ packageClassifier }, { loadBackend }] = await Promise.all([
    import('./adapters/training/classifier'),
    import('./adapters/compute/backend/loadBackend'),
  ])
  await loadBackend('auto')
  return packageClassifier(request)
}

/** Makes a flow's model folder from a training run. */
export async function packageTrainedFlow(request: PackageFlowRequest) {
  const [{ packageFlow }, { loadBackend }] = await Promise.all([
    import('./adapters/training/flow'),
    import('./adapters/compute/backend/loadBackend'),
  ])
  await loadBackend('auto')
  return packageFlow(request)
}

/** Makes a simplifier's model folder from a training run. */
export async function packageTrainedSimplifier(request: Omit<PackageSimplifierRequest, 'models'>) {
  const { packageSimplifier } = await import('./adapters/training/simplifier')
  return packageSimplifier({ ...request, models: createModelStore(modelRoots(process.env)) })
}
