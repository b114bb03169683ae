import type { ZodError } from 'zod'
import { ENGINE_METHOD_KINDS, engineMethods, SimpleBitsError, type EngineMethod } from '../../../contract'
import type { EngineContext, Handler } from './handler'

/** What answers each method, loaded when it is first called: `info` must not wait for the training code. */
const handlers: { readonly [M in EngineMethod]: () => Promise<Handler<M>> } = {
  info: async () => (await import('./handlers/info')).info,
  classify: async () => (await import('./handlers/classify')).classify,
  bits: async () => (await import('./handlers/bits')).bits,
  bench: async () => (await import('./handlers/bench')).bench,
  selfcheck: async () => (await import('./handlers/selfcheck')).selfcheck,
  audit: async () => (await import('./handlers/audit')).audit,
  prepare: async () => (await import('./handlers/prepare')).prepare,
  testClassifier: async () => (await import('./handlers/testClassifier')).testClassifier,
  instant: async () => (await import('./handlers/instant')).instant,
  explain: async () => (await import('./handlers/explain')).explain,
  counterfactual: async () => (await import('./handlers/counterfactual')).counterfactual,
  furtherTests: async () => (await import('./handlers/furtherTests')).furtherTests,
  trainFlow: async () => (await import('../training/flow')).runTrainFlow,
  trainClassifier: async () => (await import('../training/classifier')).runTrainClassifier,
  trainSimplifier: async () => (await import('../training/simplifier')).runTrainSimplifier,
  measureFlow: async () => (await import('../training/flow')).measureFlow,
  experiment: async () => {
    const { runExperiment } = await import('../training/experiment')
    return (params, { ready, ...call }) => runExperiment(params, { ...call, models: ready })
  },
}

export interface RawCall {
  readonly method: string
  readonly params: unknown
  readonly emit: (event: unknown) => void
  readonly signal: AbortSignal
}

/** Runs calls: checks method and params, keeps heavy ones in line, lets what nobody waits for know of the others. */
export function createDispatch(context: EngineContext): (call: RawCall) => Promise<unknown> {
  let line: Promise<unknown> = Promise.resolve()
  const inLine = (method: EngineMethod, call: RawCall) => {
    if (ENGINE_METHOD_KINDS[method].runs !== 'in line') return run(method, call, context)
    let begun = false
    const turn = line.then(() => {
      begun = true
      return run(method, call, context)
    })
    line = turn.catch(() => undefined)
    return untilCancelled(turn, { begun: () => begun, signal: call.signal })
  }
  return async (call) => {
    const method = methodOf(call.method)
    const leave = ENGINE_METHOD_KINDS[method].runs === 'unasked' ? () => undefined : context.traffic.enter()
    try {
      return await inLine(method, call)
    } finally {
      leave()
    }
  }
}

/** What waits in line and is cancelled need not wait for its turn to be refused. */
function untilCancelled<T>(turn: Promise<T>, of: { begun: () => boolean; signal: AbortSignal }): Promise<T> {
  return new Promise((resolve, reject) => {
    const refuse = () => {
      if (!of.begun()) reject(new SimpleBitsError('CANCELLED', 'It was cancelled before its turn came.'))
    }
    if (of.signal.aborted) refuse()
    of.signal.addEventListener('abort', refuse, { once: true })
    turn.then(resolve, reject).finally(() => of.signal.removeEventListener('abort', refuse))
  })
}

async function run<M extends EngineMethod>(method: M, call: RawCall, context: EngineContext): Promise<unknown> {
  if (call.signal.aborted) throw new SimpleBitsError('CANCELLED', 'It was cancelled before its turn came.')
  const params = engineMethods[method].params.safeParse(call.params)
  if (!params.success) throw unfitRequest(method, params.error)
  const handler = await handlers[method]()
  return handler(params.data as Parameters<typeof handler>[0], { ...context, emit: call.emit, signal: call.signal })
}

/** What is wrong with it goes to stderr, which the main side takes into its log at the level debug. */
function unfitRequest(method: EngineMethod, cause: ZodError): SimpleBitsError {
  process.stderr.write(`a request of ${method} does not fit: ${JSON.stringify(cause.issues)}\n`)
  return new SimpleBitsError(
    'BAD_REQUEST',
    'The computing engine was asked for something that it does not understand. Restart the engine; if it happens again, send the log.',
    { cause },
  )
}

function methodOf(name: string): EngineMethod {
  if (Object.hasOwn(engineMethods, name)) return name as EngineMethod
  throw new SimpleBitsError('BAD_REQUEST', `The engine has no method ${name}.`)
}
