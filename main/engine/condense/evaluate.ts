import * as tf from '@tensorflow/tfjs-core'
import { toFlowRange } from '../flow'
import { auc } from '../metrics'
import { seededRng, type Rng } from '../rng'
import { disposeParams, EAGER, layoutOf, ravel, unravel, type Compiler, type Params } from '../tensor'
import { descend, type Descent } from './netTraining'
import type { CondenseNet, NetBatch } from './net'
import type { MomentumState } from './momentum'
import type { EvaluateSettings } from './settings'
import { oneHot } from './targets'

/** Pictures in [0, 1], [N, H, W, C], and the class of each. */
interface LabelledPictures {
  readonly x: tf.Tensor4D
  readonly labels: readonly number[]
}

/** One figure of several networks. */
interface NetworkFigure {
  readonly perNetwork: readonly number[]
  readonly mean: number
  /** Standard deviation with n − 1; NaN for a single network. */
  readonly deviation: number
}

export interface CondensedEvaluation {
  /** Share of the test pictures whose class is told. */
  readonly accuracy: NetworkFigure
  /** Area under the ROC curve of class 1 against class 0; null where there are other than two classes. */
  readonly auc: NetworkFigure | null
}

/** Test pictures that go through the network at once. */
const TEST_CHUNK = 64

interface EvaluationData {
  readonly train: LabelledPictures
  readonly tests: readonly LabelledPictures[]
  /** Awaited between epochs. */
  readonly pause?: () => Promise<void>
  /** Runs the training's steps, operation by operation where absent; holds on to the network until `release`d of it. */
  readonly compiler?: Compiler
}

/**
 * What condensed pictures are worth: fresh networks are trained on them alone (momentum descent with weight decay, a tenth
 * of the rate after half of the epochs, no augmentation) and tested on real pictures. Both sides without noise.
 *
 * @param data `train` and `tests` stay the caller's; every network is tested on each of `tests`
 * @returns one evaluation for each of `tests`
 */
export async function evaluateCondensed(
  net: CondenseNet,
  data: EvaluationData,
  settings: EvaluateSettings,
): Promise<CondensedEvaluation[]> {
  const judged: NetworkScores[][] = data.tests.map(() => [])
  for (let network = 0; network < settings.networks; network++) {
    const rng = seededRng(settings.seed).fork(`network ${network}`)
    const params = await trainFresh(net, data, { settings, rng })
    data.tests.forEach((test, i) => judged[i]?.push(scoresOf(net, params, test)))
    disposeParams(params)
  }
  return judged.map((scores) => ({
    accuracy: figureOf(scores.map(({ accuracy }) => accuracy)),
    auc: net.config.classes === 2 ? soundFigure(scores.map((one) => one.auc)) : null,
  }))
}

/** Null where the test pictures are all of one class, so that there is no area. */
function soundFigure(values: readonly number[]): ReturnType<typeof figureOf> | null {
  return values.every(Number.isFinite) ? figureOf(values) : null
}

interface NetworkScores {
  readonly accuracy: number
  /** Of class 1 against class 0. */
  readonly auc: number
}

function scoresOf(net: CondenseNet, params: Params, { x, labels }: LabelledPictures): NetworkScores {
  const logits = testLogits(net, params, x)
  const scores = logits.map(([zero = NaN, one = NaN]) => one - zero)
  const positive = labels.map((label) => label === 1)
  return {
    accuracy: logits.filter((row, i) => argMax(row) === labels[i]).length / labels.length,
    auc: auc(scores, positive),
  }
}

async function trainFresh(
  net: CondenseNet,
  { train, pause, compiler = EAGER }: EvaluationData,
  { settings, rng }: { settings: EvaluateSettings; rng: Rng },
): Promise<Params> {
  const start = net.init(rng)
  const layout = layoutOf(start)
  let state: MomentumState = { weights: ravel(start, layout), velocity: tf.zeros([layout.total]) }
  disposeParams(start)
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    const rate = settings.rate * (epoch < settings.epochs / 2 ? 1 : 0.1)
    state = trainEpoch(net, state, { train, layout, rng, compiler, settings: { ...settings, rate } })
    await pause?.()
  }
  const params = unravel(state.weights, layout)
  tf.dispose([state.weights, state.velocity])
  return params
}

function trainEpoch(
  net: CondenseNet,
  start: MomentumState,
  of: Pick<Descent, 'layout' | 'compiler'> & { train: LabelledPictures; rng: Rng; settings: EvaluateSettings },
): MomentumState {
  const { train, layout, rng, settings, compiler } = of
  const { rate, momentum, weightDecay } = settings
  const order = rng.permutation(train.labels.length)
  let state = start
  for (let first = 0; first < order.length; first += settings.batch) {
    const batch = batchOf(net, train, order.slice(first, first + settings.batch))
    state = descend(net, state, { batch, layout, rate, momentum, weightDecay, compiler })
    tf.dispose([batch.g, batch.targets])
  }
  return state
}

function batchOf(net: CondenseNet, { x, labels }: LabelledPictures, chosen: readonly number[]): NetBatch {
  const g = tf.tidy(() => toFlowRange(tf.gather(x, tf.tensor1d([...chosen], 'int32'))))
  const own = chosen.map((i) => labels[i] ?? -1)
  return { g, targets: oneHot(own, net.config.classes) }
}

function testLogits(net: CondenseNet, params: Params, x: tf.Tensor4D): number[][] {
  const rows: number[][] = []
  for (let first = 0; first < x.shape[0]; first += TEST_CHUNK) {
    const length = Math.min(TEST_CHUNK, x.shape[0] - first)
    const logits = tf.tidy(() =>
      net.forward(params, toFlowRange(tf.slice4d(x, [first, 0, 0, 0], [length, -1, -1, -1]))),
    )
    rows.push(...logits.arraySync())
    logits.dispose()
  }
  return rows
}

function argMax(row: readonly number[]): number {
  return row.reduce((best, value, i) => (value > (row[best] ?? -Infinity) ? i : best), 0)
}

function figureOf(perNetwork: readonly number[]): NetworkFigure {
  const mean = perNetwork.reduce((sum, value) => sum + value, 0) / perNetwork.length
  const squares = perNetwork.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { perNetwork, mean, deviation: Math.sqrt(squares / (perNetwork.length - 1)) }
}
