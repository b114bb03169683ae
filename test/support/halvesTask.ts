import * as tf from '@tensorflow/tfjs-core'
import { residualNet } from '../../main/engine/classifier/residualNet'
import { initFlow, initialiseActnorms, NOISE_WIDTH, prepareFlow, toFlowRange } from '../../main/engine/flow'
import { seededRng, type Rng } from '../../main/engine/rng'
import {
  JointTrainer,
  PUBLISHED_SETTINGS,
  simplifierNet,
  type SimplifierBatch,
  type SimplifierSettings,
} from '../../main/engine/simplify'
import { disposeParams, EAGER, type Compiler } from '../../main/engine/tensor'

export const SIDE = 8
const BATCH = 16

/** Pictures of which the left half carries the class (bright above or below) and the right half is noise. */
export function halvesBatch(seed: number): SimplifierBatch {
  const rng = seededRng(seed)
  const classes = Array.from({ length: BATCH }, () => rng.integer(2))
  const pixels = classes.flatMap((label) => halvesPicture(rng, label))
  const shape: [number, number, number, number] = [BATCH, SIDE, SIDE, 1]
  return {
    x: tf.tensor4d(pixels, shape),
    noise: tf.tidy(() => tf.mul(tf.tensor4d(rng.uniformArray(pixels.length), shape), NOISE_WIDTH)),
    targets: tf.tensor2d(classes.map((label) => [1 - label, label])),
  }
}

function halvesPicture(rng: Rng, label: number): number[] {
  return Array.from({ length: SIDE ** 2 }, (_, i) => {
    const [row, column] = [Math.floor(i / SIDE), i % SIDE]
    const bright = row < SIDE / 2 === (label === 0) ? 0.8 : 0.2
    const value = column < SIDE / 2 ? bright + 0.1 * (rng.uniform() - 0.5) : rng.uniform()
    return Math.round(255 * value) / 255
  })
}

/** A whole joint training on 8 × 8 pixels: small nets, and a flow that has only seen its first batch. */
export function halvesTraining(changes: Partial<SimplifierSettings> = {}, compiler: Compiler = EAGER) {
  const rng = seededRng(5)
  const config = { size: SIDE, channels: 1, levels: 2, steps: 1, hidden: 4, coupling: 'affine' } as const
  const first = halvesBatch(1)
  const flow = tf.tidy(() => {
    const params = initialiseActnorms(config, initFlow(config, rng), toFlowRange(first.x, first.noise))
    return prepareFlow(config, params) as never
  }) as ReturnType<typeof prepareFlow>
  disposeBatch(first)
  const simplifier = simplifierNet({ size: SIDE, channels: 1, width: 4 })
  const classifier = residualNet({
    ...{ size: SIDE, channels: 1, mean: [0.5], std: [0.25], heads: 2, alpha: 0.2 },
    stem: [{ name: 'stem', kernel: 3, stride: 1, width: 4 }],
    stages: [{ width: 4, blocks: 1, stride: 2 }],
    ...{ strideIn: 'conv1', activation: 'elu', finalActivation: true },
  })
  const settings = { ...PUBLISHED_SETTINGS, ...changes }
  const params = { simplifier: simplifier.init(rng), classifier: classifier.init(rng) }
  const trainer = new JointTrainer({ simplifier, classifier, flow, compiler }, settings, params)
  disposeParams(params.simplifier)
  disposeParams(params.classifier)
  return { trainer, flow, simplifier, classifier }
}

export function disposeBatch({ x, noise, targets }: SimplifierBatch): void {
  tf.dispose([x, noise, targets])
}
