import type { Activation } from './activation'
import { residualNet, type ClassifierNet } from './residualNet'

/** What a model's `model.json` says of its classifier. */
interface ChestClassifierConfig {
  readonly size: number
  readonly channels: number
  /** Width of the first stage; each further stage doubles it and halves the resolution. */
  readonly width: number
  /** Residual blocks a stage. */
  readonly blocks: readonly number[]
  readonly activation: Activation
  /** Names of the output heads. */
  readonly heads: readonly string[]
}

/**
 * The film classifier: two stem convolutions to a quarter of the size, residual stages, activation, mean over positions,
 * one dense head a finding (independent sigmoids). Grey pixels in [0, 1] enter as (x − 0.5) / 0.16, the spread that the model input gives a film.
 */
export function chestClassifier(config: ChestClassifierConfig): ClassifierNet {
  const { size, channels, width, blocks, activation } = config
  return residualNet({
    size,
    channels,
    mean: Array.from({ length: channels }, () => 0.5),
    std: Array.from({ length: channels }, () => 0.16),
    stem: [
      { name: 'stem.conv1', kernel: 5, stride: 2, width: width / 2 },
      { name: 'stem.conv2', kernel: 3, stride: 2, width },
    ],
    stages: blocks.map((count, stage) => ({ width: width * 2 ** stage, blocks: count, stride: stage === 0 ? 1 : 2 })),
    strideIn: 'conv1',
    activation,
    finalActivation: true,
    alpha: 0.2,
    heads: config.heads.length,
  })
}
