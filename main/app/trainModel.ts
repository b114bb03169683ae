import { SimpleBitsError, type Progress } from '../../contract'
import type { Engine } from '../ports'

export interface TrainingRequest {
  /** What the configuration file says; its keys are the trainer's own. */
  readonly config: Readonly<Record<string, unknown>>
  /** `key=value` from the command line, over the file; a dotted key reaches into an object. */
  readonly overrides: readonly string[]
  readonly data: string
  readonly out: string
  readonly resume: boolean
}

interface TrainingOutcome {
  readonly directory: string
  readonly metrics: Readonly<Record<string, unknown>>
}

export type TrainedKind = 'flow' | 'classifier' | 'simplifier'
const METHODS = { flow: 'trainFlow', classifier: 'trainClassifier', simplifier: 'trainSimplifier' } as const

/**
 * Trains a model in the engine process. When the signal aborts, it ends early with what is there: the answer is then of the
 * training as far as it came, and a request with `resume` goes on from it.
 *
 * @throws SimpleBitsError BAD_REQUEST, DATA_MISSING, TRAINING_FAILED, ENGINE_DIED
 */
export async function trainModel(
  engine: Engine,
  what: { kind: TrainedKind; request: TrainingRequest },
  options: { onProgress: (progress: Progress) => void; signal: AbortSignal },
): Promise<TrainingOutcome> {
  const { config, overrides, data, out, resume } = what.request
  const params = { config: applyOverrides(config, overrides), data, out, resume }
  const call = { onEvent: options.onProgress, signal: options.signal }
  return engine.call(METHODS[what.kind], params, call)
}

/** A new configuration with each `key=value` set; values are JSON where they parse as such, else text. */
export function applyOverrides(
  config: Readonly<Record<string, unknown>>,
  overrides: readonly string[],
): Record<string, unknown> {
  return overrides.reduce<Record<string, unknown>>(
    (changed, override) => {
      const equals = override.indexOf('=')
      if (equals < 1) throw new SimpleBitsError('BAD_REQUEST', `"${override}" is no setting; write key=value.`)
      return withValue(changed, override.slice(0, equals).split('.'), parseValue(override.slice(equals + 1)))
    },
    { ...config },
  )
}

function withValue(object: Record<string, unknown>, path: readonly string[], value: unknown): Record<string, unknown> {
  const [key = '', ...rest] = path
  if (rest.length === 0) return { ...object, [key]: value }
  const inner = object[key]
  const base = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...inner } : {}
  return { ...object, [key]: withValue(base, rest, value) }
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
