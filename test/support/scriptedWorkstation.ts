import { join } from 'node:path'
import {
  auditOutcome,
  auditResult,
  BUNDLED_CLASSIFIER,
  BUNDLED_FLOW,
  modelFile,
  sha256,
  SimpleBitsError,
  type AuditOutcome,
  type AuditRequest,
  type AuditResult,
  type EngineState,
  type WorkstationEvent,
} from '../../contract'
import { openLibsqlStore } from '../../main/adapters/store'
import { createOwnClassifierShelf, createOwnClassifierStore } from '../../main/adapters/weights'
import { ClassifierInUse, createWorkstation } from '../../main/app'
import type { WorkstationDeps } from '../../main/app/workstation'
import { modelInput } from '../../main/domain/modelInput'
import { csvTables } from '../../main/adapters/tables'
import type { Engine, EngineCallOptions, FilmSource, ModelStore } from '../../main/ports'
import { EXAMPLE_IDENTITY, exampleHeader, exampleRecord } from './exampleReport'
import { quietLogger } from './quietLogger'
import { scriptedLab } from './scriptedLab'
import { TEST_KEY } from './testKey'

const HASH = sha256.parse('a'.repeat(64))
const SIZE = 128 * 128

/** One audit that the scripted engine was asked for; the test decides how it ends. */
export interface PendingAudit {
  readonly request: AuditRequest
  readonly options: EngineCallOptions<'audit'>
  finish(changes?: Partial<AuditOutcome>): void
  fail(error: SimpleBitsError): void
}

/** An engine that does what the test says: audits stay pending, every film gets the probability of its file's number. */
export function scriptedEngine() {
  const audits: PendingAudit[] = []
  const listeners = new Set<(state: EngineState) => void>()
  let state: EngineState = { state: 'starting' }
  const become = (next: EngineState) => {
    state = next
    for (const listener of listeners) listener(next)
    return next
  }
  const info = { backend: 'wasm', refused: [], threads: 1, versions: {}, models: [] } as const
  const ready = (): EngineState => become({ state: 'ready', info: { ...info, refused: [], models: [] } })
  const answers = {
    classify: ({ count }: { count: number }) => ({
      threshold: 0.5,
      rows: Array.from({ length: count }, () => ({ probability: 0.75, logit: 1.1, decision: true })),
    }),
    audit: (request: AuditRequest, options: EngineCallOptions<'audit'>) =>
      new Promise<AuditResult>((resolve, reject) => {
        audits.push({ request, options, finish: (changes) => resolve(resultOf(request, changes)), fail: reject })
      }),
  }
  const engine: Engine = {
    call: (async (method: keyof typeof answers, params: never, options: never) =>
      answers[method](params, options)) as Engine['call'],
    state: () => state,
    onState(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start: async () => ready(),
    restart: async () => ready(),
    close: async () => undefined,
  }
  return { engine, audits, die: () => become({ state: 'dead', message: 'gone' }) }
}

function resultOf({ seed }: AuditRequest, changes: Partial<AuditOutcome> = {}): AuditResult {
  const record = exampleRecord({ seed, ...changes })
  const outcomeKeys = Object.keys(auditOutcome.shape)
  const outcome = Object.fromEntries(Object.entries(record).filter(([key]) => outcomeKeys.includes(key)))
  return auditResult.parse({
    outcome,
    ...{ model: record.model, flow: record.flow, versions: record.versions, backend: 'wasm' },
    pictures: new Uint8Array(2 * SIZE),
    maps: new Float32Array(2 * SIZE),
    details: new Uint8Array(2 * SIZE).fill(51),
    originalMap: new Float32Array(SIZE).fill(2),
    simplifiedMap: new Float32Array(SIZE).fill(1),
    // dearer above than below
    flatMap: new Float32Array(SIZE).fill(0.4).fill(0.7, 0, SIZE / 2),
    simplifiedPicture: new Uint8Array(SIZE),
    fineDetail: new Uint8Array(SIZE).fill(25),
  })
}

/**
 * Films by name: "film-3" has the hash 3 and the SOP instance 3; "recoded-3" is the same instance in other bytes; "broken…"
 * cannot be read; "ct…" must be confirmed.
 */
export const scriptedFilms: FilmSource = {
  async read(place) {
    const path = typeof place === 'string' ? place : place.path
    if (path.includes('broken')) throw new SimpleBitsError('DICOM_CORRUPT', 'damaged')
    const number = /\d+/.exec(path)?.[0] ?? '0'
    const warning = { code: 'WRONG_MODALITY', message: 'This is a CT slice.', mustConfirm: true }
    const header = exampleHeader({
      sha256: sha256.parse(number.padStart(64, path.includes('recoded') ? 'f' : '0')),
      identity: { ...EXAMPLE_IDENTITY, patientAge: '58 y', sopInstanceUid: `1.2.826.0.1.${number}` },
      ...{ width: 4, height: 4, warnings: path.includes('ct') ? [warning] : [] },
    })
    return { header, pixels: Uint8Array.from({ length: 16 }, (_, i) => i) }
  },
  async readInput(place) {
    const film = await scriptedFilms.read(place)
    return { header: film.header, input: modelInput(film) }
  },
  discover: async (paths) => ({ files: paths, skipped: 0 }),
  close: async () => undefined,
}

/** The bundled classifier with these weights, and what model.json says. */
export function scriptedModels(weights = HASH, { threshold = 0.5, rule = weights } = {}): ModelStore {
  const file = modelFile.parse({
    ...{ kind: 'classifier', name: BUNDLED_CLASSIFIER, input: 'model-input/1', finding: 'effusion', threshold },
    config: { size: 128, channels: 1, width: 8, blocks: [1], activation: 'elu', heads: ['Effusion'] },
    calibration: { temperature: 1, bias: 0 },
  })
  const description = {
    file,
    manifest: {
      files: { 'model.json': rule },
      licence: '',
      data: [],
      command: '',
      seed: 0,
      steps: 0,
      versions: {},
      metrics: {},
    },
    sha256: weights,
  }
  return {
    list: async () => [],
    describe: async () => description,
    load: async () => ({ ...description, tensors: {} }),
    training: async () => ({}),
  }
}

/** A workstation on a real folder with scripted films and engine, and everything that it told. */
export async function scriptedWorkstation(root: string, changes: Partial<WorkstationDeps> = {}) {
  const script = scriptedEngine()
  const { lab, engine: labEngine, results } = scriptedLab(root)
  const log = quietLogger()
  const models = changes.models ?? scriptedModels()
  const own = join(root, 'models')
  const store = createOwnClassifierStore([own])
  const shelf = createOwnClassifierShelf(own, [own])
  const workstation = await createWorkstation({
    engine: script.engine,
    chooseBackend: () => undefined,
    store: changes.store ?? (await openLibsqlStore(root, { key: TEST_KEY, log })),
    films: scriptedFilms,
    models,
    classifiers: { store, shelf, inUse: new ClassifierInUse({ models, own: store, shelf, log }) },
    pictures: {
      encodeGrey: () => new Uint8Array(3),
      writeGrey: async () => undefined,
      writeColour: async () => undefined,
      writeBitMap: async () => undefined,
    },
    reports: { write: async () => HASH },
    tables: csvTables,
    ...{ lab, results },
    cohort: { reports: { write: async () => undefined } },
    opinions: { opinionOn: () => null },
    dialogs: { openFiles: async () => null, saveFile: async () => null, showInFolder: async () => undefined },
    filmWindow: {
      ...{ show: async () => undefined, hide: async () => undefined, isOpen: () => false },
      onChange: () => () => undefined,
    },
    clock: { now: () => new Date('2026-01-01T00:00:00Z') },
    log,
    ...{ bundled: [], guide: '/program/docs/own-classifier.md' },
    product: { version: '0.0.0', platform: 'test', electron: '' },
    ...changes,
  })
  const events: WorkstationEvent[] = []
  workstation.onEvent((event) => events.push(event))
  return { workstation, script, labEngine, events, flow: BUNDLED_FLOW }
}
