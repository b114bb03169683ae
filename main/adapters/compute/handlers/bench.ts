import * as tf from '@tensorflow/tfjs-core'
import { SimpleBitsError, type EngineResult } from '../../../../contract'
import {
  bits,
  disposeFlow,
  flowForward,
  flowInverse,
  FlowTrainer,
  initFlow,
  prepareFlow,
  toFlowRange,
  type FlowConfig,
  type PreparedFlow,
} from '../../../engine/flow'
import { ADAMW } from '../../../engine/optim'
import { seededRng } from '../../../engine/rng'
import { disposeParams, type Compiler, type Params } from '../../../engine/tensor'
import { giveWay, type Handler } from '../handler'

type Row = EngineResult<'bench'>['rows'][number]

/** The agreed sizes, all affine: P1 32 × 32 × 3, P2 64 × 64, P3 128 × 128. */
export const BENCH_CONFIGS: Readonly<Record<string, FlowConfig>> = {
  P1: { size: 32, channels: 3, levels: 3, steps: 32, hidden: 512, coupling: 'affine' },
  P2: { size: 64, channels: 1, levels: 3, steps: 16, hidden: 128, coupling: 'affine' },
  P3: { size: 128, channels: 1, levels: 4, steps: 8, hidden: 64, coupling: 'affine' },
}
/** Training as the product's flows are trained; the rate does not change the time. */
const TRAINING = { adam: ADAMW, rate: 5e-4, warmUp: 1, steps: 1000, floor: 0, clip: 50, emaDecay: 0.99 }
const WARM_UP_RUNS = 2

/** Times a flow's four operations; a row each, median of `runs`. */
export const bench: Handler<'bench'> = async ({ configs, batches, runs }, call) => {
  const rows: Row[] = []
  for (const name of configs) {
    const config = BENCH_CONFIGS[name]
    if (!config)
      throw new SimpleBitsError(
        'BAD_REQUEST',
        `There is no bench ${name}; known are ${Object.keys(BENCH_CONFIGS).join(', ')}.`,
      )
    const params = initFlow(config, seededRng(0))
    for (const batch of batches) {
      for (const [op, once] of operations(config, params, { batch, compiler: call.compiler })) {
        if (call.signal.aborted) throw new SimpleBitsError('CANCELLED', 'The bench was cancelled.')
        const row = {
          config: name,
          op,
          batch,
          ...time(once, runs),
          threads: call.backend.threads,
          backend: call.backend.name,
          execution: call.compiler.describe(),
        }
        rows.push(row)
        call.emit({ row })
        await giveWay()
      }
    }
    disposeParams(params)
  }
  return { rows }
}

/** Each operation with its set-up done; the last entry of a batch frees what it made. */
function* operations(config: FlowConfig, params: Params, { batch, compiler }: Bench): Generator<[string, () => void]> {
  const { size, channels } = config
  const shape: [number, number, number, number] = [batch, size, size, channels]
  const x = tf.tensor4d(seededRng(1).uniformArray(batch * size * size * channels), shape)
  const noise = tf.zeros(shape) as tf.Tensor4D
  const flow = prepareFlow(config, params)
  yield* frozen(flow, [x, noise], compiler)
  compiler.release(flow)
  disposeFlow(flow)
  const trainer = new FlowTrainer(config, TRAINING, params)
  yield ['train_step_adamw', () => trainer.step({ x, noise }, compiler)]
  compiler.release(trainer)
  trainer.dispose()
  tf.dispose([x, noise])
}

interface Bench {
  readonly batch: number
  readonly compiler: Compiler
}

function* frozen(
  flow: PreparedFlow,
  [x, noise]: [tf.Tensor4D, tf.Tensor4D],
  compiler: Compiler,
): Generator<[string, () => void]> {
  const timed = <I extends tf.Tensor[]>(
    op: string,
    fn: (...inputs: I) => tf.Tensor,
    inputs: I,
  ): [string, () => void] => {
    const one = (...given: I): [tf.Tensor] => [fn(...given)]
    return [op, () => void tf.tidy(() => compiler.run({ models: [flow], name: op }, one, inputs)[0].dataSync())]
  }
  const cost = (v: tf.Tensor4D, n: tf.Tensor4D) => bits(flow, v, n)
  const gradient = (v: tf.Tensor4D, n: tf.Tensor4D) => tf.grad((at: tf.Tensor) => tf.sum(cost(at as tf.Tensor4D, n)))(v)
  yield timed('bits_nograd', cost, [x, noise])
  yield timed('bits_and_input_grad', gradient, [x, noise])
  const latents: tf.Tensor4D[] = []
  tf.tidy(() => {
    latents.push(...flowForward(flow, toFlowRange(x)).latents.map((z) => tf.keep(z)))
  })
  yield timed('inverse_nograd', (...z: tf.Tensor4D[]) => flowInverse(flow, z).g, latents)
  tf.dispose(latents)
}

function time(once: () => void, runs: number) {
  for (let i = 0; i < WARM_UP_RUNS; i++) once()
  const took = Array.from({ length: runs }, () => {
    const began = performance.now()
    once()
    return performance.now() - began
  }).sort((a, b) => a - b)
  const round = (ms: number | undefined) => Math.round((ms ?? NaN) * 100) / 100
  return {
    ms: round(took[Math.floor(took.length / 2)]),
    minMs: round(took[0]),
    maxMs: round(took.at(-1)),
    runs,
    peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  }
}
