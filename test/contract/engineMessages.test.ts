import { describe, expect, it } from 'vitest'
import { engineMethods, fromEngine, toEngine, type EngineMethod } from '../../contract'

const picture = new Uint8Array(4)
const map = new Float32Array(4)
const training = { config: { seed: 1 }, data: 'data', out: 'out', resume: false }

/** One good message a method; `params` null where the method takes none. */
const good: { readonly [M in EngineMethod]: Record<string, unknown> | null } = {
  info: null,
  classify: { model: 'effusion-128', pictures: picture, count: 1 },
  bits: { flow: 'glow-cxr-128', pictures: picture, count: 1, noiseDraws: 8 },
  audit: {
    model: 'effusion-128',
    flow: 'glow-cxr-128',
    picture,
    preset: 'quick',
    objective: 'activation',
    seed: 0,
    start: 'film',
    repeat: false,
  },
  prepare: { model: 'effusion-128', flow: 'glow-cxr-128', objective: 'activation' },
  selfcheck: { directory: 'golden' },
  bench: { configs: ['P1'], batches: [1], runs: 5 },
  trainFlow: training,
  measureFlow: { flow: 'glow-cxr-128', data: 'data' },
  trainClassifier: training,
  trainSimplifier: training,
  experiment: { experiment: { kind: 'condensation' }, data: 'data', out: 'out', resume: false },
  testClassifier: { model: 'own', pictures: new Uint8Array(4), count: 1, labels: [true] },
  instant: { model: 'effusion-128', flow: 'glow-cxr-128', picture },
  explain: {
    model: 'effusion-128',
    flow: 'glow-cxr-128',
    picture,
    keptMap: map,
    keptDetail: picture,
    seed: 0,
    searches: false,
  },
  counterfactual: {
    model: 'effusion-128',
    flow: 'glow-cxr-128',
    picture,
    start: picture,
    pressure: 5,
    objective: 'activation',
    seed: 0,
  },
  furtherTests: {
    model: 'effusion-128',
    flow: 'glow-cxr-128',
    picture,
    simplified: picture,
    objective: 'gradient',
    seed: 0,
    randomise: true,
    fresh: 'effusion-128-b',
  },
}
const methods = Object.keys(engineMethods) as EngineMethod[]
const withParams = methods.flatMap((method) => (good[method] ? [{ method, params: good[method] }] : []))
/** `config` and `experiment` belong to the trainer, which checks them itself. */
const checkedKeys = withParams.flatMap(({ method, params }) =>
  Object.keys(params)
    .filter((key) => key !== 'config' && key !== 'experiment')
    .map((key) => ({ method, key, params })),
)

describe('params of the engine', () => {
  it.each(methods)('%s takes what is agreed', (method) => {
    expect(engineMethods[method].params.safeParse(good[method]).error).toBeUndefined()
  })
  it.each(withParams)('$method refuses an unknown key', ({ method, params }) => {
    expect(engineMethods[method].params.safeParse({ ...params, extra: 1 }).success).toBe(false)
  })
  it.each(checkedKeys)('$method refuses to go without $key', ({ method, key, params }) => {
    const rest = Object.entries(params).filter(([name]) => name !== key)
    expect(engineMethods[method].params.safeParse(Object.fromEntries(rest)).success).toBe(false)
  })
  it.each(checkedKeys)('$method refuses a wrong type of $key', ({ method, key, params }) => {
    expect(engineMethods[method].params.safeParse({ ...params, [key]: { wrong: true } }).success).toBe(false)
  })
  it.each([
    ['a model name that is a path', 'classify', { model: '../secrets' }],
    ['half a picture', 'classify', { count: 0.5 }],
    ['no noise draw', 'bits', { noiseDraws: 0 }],
    ['an unknown preset', 'audit', { preset: 'fastest' }],
    ['an unknown objective', 'audit', { objective: 'luck' }],
    ['numbers in place of levels', 'audit', { picture: [0, 1] }],
    ['no pressure to go on from', 'counterfactual', { pressure: 0 }],
    ['a fresh classifier that is a path', 'furtherTests', { fresh: '../x' }],
    ['a batch of nothing', 'bench', { batches: [0] }],
  ] as const)('refuses %s', (_, method, change) => {
    expect(engineMethods[method].params.safeParse({ ...good[method], ...change }).success).toBe(false)
  })
})

describe('answers of the engine', () => {
  it('classify: rows need probability, logit and decision', () => {
    const { result } = engineMethods.classify
    const row = { probability: 0.5, logit: 0, decision: true }
    expect(result.safeParse({ threshold: 0.5, rows: [row] }).success).toBe(true)
    expect(result.safeParse({ threshold: 0.5, rows: [{ ...row, decision: 1 }] }).success).toBe(false)
    expect(result.safeParse({ rows: [row] }).success).toBe(false)
  })
  it('bits: a map is 32-bit floats', () => {
    const { result } = engineMethods.bits
    const row = { bits: 1, bpd: 1, sumOfMap: 1, map }
    expect(result.safeParse({ rows: [row] }).success).toBe(true)
    expect(result.safeParse({ rows: [{ ...row, map: new Float64Array(4) }] }).success).toBe(false)
    expect(result.safeParse({ rows: [{ ...row, extra: 1 }] }).success).toBe(false)
  })
  it('audit: events are of three kinds and no other', () => {
    const { event } = engineMethods.audit
    const progress = { done: 1, total: 2, secondsLeft: null, note: '' }
    expect(event.safeParse({ kind: 'progress', progress }).success).toBe(true)
    expect(event.safeParse({ kind: 'progress', progress: { ...progress, note: 1 } }).success).toBe(false)
    expect(event.safeParse({ kind: 'rumour', progress }).success).toBe(false)
  })
})

describe('messages on the channel', () => {
  it.each([
    { type: 'call', id: 0, method: 'info', params: null },
    { type: 'cancel', id: 3 },
  ])('to the engine: $type', (message) => {
    expect(toEngine.safeParse(message).success).toBe(true)
    expect(toEngine.safeParse({ ...message, extra: 1 }).success).toBe(false)
    expect(toEngine.safeParse({ ...message, id: -1 }).success).toBe(false)
    expect(toEngine.safeParse({ ...message, type: 'other' }).success).toBe(false)
  })
  it.each([
    { type: 'ready' },
    { type: 'failed', error: { code: 'BACKEND_UNAVAILABLE', message: 'why' } },
    { type: 'event', id: 1, event: 1 },
    { type: 'result', id: 1, result: 1 },
    { type: 'error', id: 1, error: { code: 'INTERNAL', message: 'why' } },
  ])('from the engine: $type', (message) => {
    expect(fromEngine.safeParse(message).success).toBe(true)
    expect(fromEngine.safeParse({ ...message, extra: 1 }).success).toBe(false)
    expect(fromEngine.safeParse({ ...message, type: 'other' }).success).toBe(false)
  })
  it('an error has a code of the closed list', () => {
    const error = { code: 'OH_NO', message: 'why' }
    expect(fromEngine.safeParse({ type: 'error', id: 1, error }).success).toBe(false)
  })
})
