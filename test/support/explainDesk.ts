import { BUNDLED_CLASSIFIER, BUNDLED_FLOW, caseId, modelFile, sha256, type WorkstationEvent } from '../../contract'
import { explainCallsOf, ExplainDesk } from '../../main/app/explain'
import type { ExplainContext } from '../../main/app/explain/deps'
import type { Engine, KnownExplanation, StoredAudit } from '../../main/ports'
import { exampleCase } from './exampleCase'
import { exampleHeader, exampleRecord } from './exampleReport'

export const ID = caseId.parse('case-1')
const HASH = sha256.parse('a'.repeat(64))
export const PIXELS = 128 * 128
const NOTHING: KnownExplanation = { explanation: null, counterfactual: null }

function classifierFile(name: string, finding = 'Pleural effusion', size = 128) {
  return modelFile.parse({
    ...{ kind: 'classifier', name, input: 'model-input/1', finding, threshold: 0.5 },
    config: { size, channels: 1, width: 8, blocks: [1], activation: 'elu', heads: ['Effusion'] },
    calibration: { temperature: 1, bias: 0 },
  })
}

/** A desk over a store of one case; the engine answers what the test says. */
export function deskWith(
  answers: Partial<Record<string, (options: { signal: AbortSignal }) => unknown>>,
  others: string[] = [],
) {
  const events: WorkstationEvent[] = []
  const asked: { method: string; params: Record<string, unknown> }[] = []
  let stored: StoredAudit | null = {
    record: exampleRecord(),
    frames: { count: 0, pictures: new Uint8Array(), maps: new Float32Array(), details: null },
    originalMap: new Float32Array(PIXELS).fill(2),
    simplifiedMap: new Float32Array(PIXELS).fill(1),
    simplifiedPicture: new Uint8Array(PIXELS).fill(9),
  }
  let changed = 0
  const kept = new Map<string, KnownExplanation>()
  const files = ['effusion-128', ...others].map((name) =>
    classifierFile(name, name === 'cardio' ? 'Cardiomegaly' : undefined),
  )
  const described = (name: string) => ({
    file: files.find((file) => file.name === name) ?? classifierFile('effusion-128'),
    sha256: name === BUNDLED_FLOW ? exampleRecord().flow.sha256 : HASH,
    manifest: { files: {}, licence: '', data: [], command: '', seed: 0, steps: 0, versions: {}, metrics: {} },
  })
  const context: ExplainContext = {
    deps: {
      engine: {
        call: (async (method: string, params: Record<string, unknown>, options: never) => {
          asked.push({ method, params })
          return answers[method]?.(options)
        }) as Engine['call'],
      },
      store: {
        audit: async () => stored,
        auditRecord: async () => stored?.record ?? null,
        changeRecord: async (_id, record) => void (stored = stored && { ...stored, record }),
        explanation: async (_id, about) => kept.get(about) ?? NOTHING,
        saveExplanation: async (_id, about, found) =>
          void kept.set(about, { ...NOTHING, ...kept.get(about), ...found }),
      },
      models: {
        list: async () => files.map(({ name }) => ({ name, kind: 'classifier', sha256: HASH, description: '' })),
        describe: async (name) => described(name),
      },
      classifiers: {
        inUse: {
          get: async () => ({
            ...{ name: BUNDLED_CLASSIFIER, sha256: HASH, rule: HASH, threshold: 0.5, own: false, problem: null },
          }),
        },
      },
      opinions: {
        opinionOn: (file) => (file === 'film.dcm' ? { model: 'D', source: 'S', effusion: 0.5, others: [] } : null),
      },
    },
    worklist: {
      get: () => exampleCase(1, { id: ID, file: '/films/film.dcm', sha256: HASH }),
      summary: () =>
        ({ audit: stored ? { createdAt: stored.record.createdAt } : null }) as ReturnType<
          ExplainContext['worklist']['summary']
        >,
    },
    films: {
      get: async () => ({
        film: { header: exampleHeader(), pixels: new Uint8Array(1) },
        input: { record: exampleRecord().input.modelInput, pixels: new Uint8Array(PIXELS) },
      }),
    },
    tell: (event) => events.push(event),
    recordChanged: () => changed++,
  }
  const desk = new ExplainDesk(context)
  return {
    ...{ desk, calls: explainCallsOf(desk), events, asked },
    stored: () => stored,
    setAudit: (audit: StoredAudit | null) => (stored = audit),
    changed: () => changed,
  }
}
