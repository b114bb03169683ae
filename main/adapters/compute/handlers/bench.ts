import * as tf from '@tensorflow/tfjs-core'
import { SimpleBitsError, type EngineResult } from '../../../../contract'
import {
  bits,
  disposeFlow,
  disposeInverse,
  flowForward,
  flowInverse,
  FlowTrainer,
  initFlow,
  invertFlow,
  prepareFlow,
  toFlowRange,
  type FlowBatch,
  type FlowConfig,
  type PreparedFlow,
} from '../../../engine/flow'
import { ADAMW } from '../../../engine/optim'
import { seededRng } from '../../../engine/rng'
import { disposeParams, type Compiler, type Params } from '../../../engine/tensor'
import { giveWay } from '../giveWay'
import type { Handler } from '../handler'

type Row = EngineResult<'bench'>['rows'][number]

/** The agreed sizes, all affine: P1 32 × 32 × 3, P2 64 × 64, P3 128 × 128. */
export const BENCH_CONFIGS: Readonly<Record<string, FlowConfig>> = {
  P1: { size: 32, channels: 3, levels: 3, steps: 32, hidden: 512, coupling: 'affine' },
  P2: { size: 64, channels: 1, levels: 3, steps: 16, hidden: 128, coupling: 'affine' },
  P3: { size: 128, channels: 1, levels: 4, steps: 8, hidden: 64, coupling: 'affine' },
}
/** Training as the product's flows are trained; the rate does not change the time. */
const TRAINING = {
  schedule: { rate: 5e-4, warmUp: 1, steps: 1000, floor: 0 },
  weightDecay: ADAMW.weightDecay,
  clip: 50,
  averageDecay: 0.99,
}
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
    try {
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
    } finally {
      disposeParams(params)
    }
  }
  return { rows }
}

type Operation = [op: string, once: () => void]

interface Bench {
  readonly batch: number
  readonly compiler: Compiler
}

/** Each operation with its set-up done. What is made for it is freed behind it, also where the way through them ends early. */
function* operations(config: FlowConfig, params: Params, { batch, compiler }: Bench): Generator<Operation> {
  const { size, channels } = config
  const shape: [number, number, number, number] = [batch, size, size, channels]
  const x = tf.tensor4d(seededRng(1).uniformArray(batch * size * size * channels), shape)
  const noise = tf.zeros(shape) as tf.Tensor4D
  try {
    yield* frozen(prepareFlow(config, params), { x, noise }, compiler)
    yield* trained(new FlowTrainer(config, { ...TRAINING, compiler }, params), { x, noise })
  } finally {
    tf.dispose([x, noise])
  }
}

/** Takes over the flow. */
function* frozen(flow: PreparedFlow, { x, noise }: FlowBatch, compiler: Compiler): Generator<Operation> {
  const timed = <I extends tf.Tensor[]>(op: string, fn: (...inputs: I) => tf.Tensor, inputs: I): Operation => {
    const one = (...given: I): [tf.Tensor] => [fn(...given)]
    return [op, () => void tf.tidy(() => compiler.run({ models: [flow], name: op }, one, inputs)[0].dataSync())]
  }
  const cost = (v: tf.Tensor4D, n: tf.Tensor4D) => bits(flow, v, n)
  const gradient = (v: tf.Tensor4D, n: tf.Tensor4D) => tf.grad((at: tf.Tensor) => tf.sum(cost(at as tf.Tensor4D, n)))(v)
  const inverted = invertFlow(flow)
  const latents = tf.tidy(() => flowForward(flow, toFlowRange(x)).latents)
  try {
    yield timed('bits_nograd', cost, [x, noise])
    yield timed('bits_and_input_grad', gradient, [x, noise])
    yield timed('inverse_nograd', (...z: tf.Tensor4D[]) => flowInverse(inverted, z).g, latents)
  } finally {
    compiler.release(flow)
    tf.dispose(latents)
    disposeInverse(inverted)
    disposeFlow(flow)
  }
}

/** Takes over the trainer. */
function* trained(trainer: FlowTrainer, batch: FlowBatch): Generator<Operation> {
  try {
    yield ['train_step_adamw', () => trainer.step(batch)]
  } finally {
    trainer.dispose()
  }
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
