import {
  SimpleBitsError,
  type BackendChoice,
  type EngineEvent,
  type EngineParams,
  type ModelName,
  type Progress,
} from '../../contract'
import { version as productVersion } from '../../package.json'
import { bundledCases } from '../adapters/bundled'
import { caseFolders, installedFolder, resultFiles } from '../adapters/files'
import { pngPictureWriter } from '../adapters/pictures'
import { pdfReportWriter } from '../adapters/report'
import { readLabelTables } from '../adapters/tables'
import { createModelStore, modelRoots } from '../adapters/weights'
import {
  auditFiles,
  bitsOfFiles,
  classifyFiles,
  explainFiles,
  measureFlow,
  trainModel,
  writeSummary,
  type AuditFilesRequest,
  type ExplainFilesRequest,
  type FilesRequest,
  type TrainedKind,
  type TrainingRequest,
} from '../app'
import type { SummaryRow } from '../domain/auditSummary'
import { filmPool, systemClock, terminalEngine } from './parts'

/** The use cases as the command line calls them, over the real adapters. Close it at the end: the engine is a process. */
export function composeTerminal(options: { backend: BackendChoice }) {
  const engine = terminalEngine(options.backend)
  const films = filmPool()
  return {
    classify: (request: FilesRequest & { model: ModelName }) => classifyFiles({ engine, films }, request),
    bits: (request: FilesRequest & { flow: ModelName }) => bitsOfFiles({ engine, films }, request),
    audit: async (request: AuditFilesRequest, labelTables: readonly string[]) =>
      auditFiles(
        {
          engine,
          films,
          productVersion,
          clock: systemClock,
          labels: await readLabelTables(labelTables),
          pictures: pngPictureWriter,
          reports: pdfReportWriter,
          results: resultFiles,
          folders: caseFolders,
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

/** The summaries of experiments that come with the product. */
export function bundledResults(): string {
  const folder = installedFolder('docs/results/runs')
  if (folder === null)
    throw new SimpleBitsError('FILE_NOT_FOUND', 'This installation has no results; name a folder with runs.')
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
