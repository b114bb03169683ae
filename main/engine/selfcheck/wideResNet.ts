import { residualNet, type Activation, type ClassifierNet } from '../classifier'

interface WideResNetConfig {
  readonly size: number
  readonly channels: number
  /** 4 + 6 · (blocks a stage). */
  readonly depth: number
  readonly widen: number
  readonly classes: number
  readonly activation: Activation
  readonly alpha: number
  readonly mean: readonly number[]
  readonly std: readonly number[]
}

/**
 * Norm-free wide residual net of the SimpleBits paper (Zagoruyko & Komodakis 2016 with the weight standardisation of
 * Brock et al. 2021): stem 3×3, three stages, stride in the second convolution, no activation after the last block. For
 * the golden vectors: the product's classifiers are others (`chestClassifier`, `smallClassifier`).
 */
export function wideResNet(config: WideResNetConfig): ClassifierNet {
  const { size, channels, depth, widen, classes, activation, alpha, mean, std } = config
  const blocks = (depth - 4) / 6
  return residualNet({
    size,
    channels,
    mean,
    std,
    stem: [{ name: 'stem', kernel: 3, stride: 1, width: 16 }],
    stages: [16, 32, 64].map((width, stage) => ({ width: width * widen, blocks, stride: stage === 0 ? 1 : 2 })),
    strideIn: 'conv2',
    activation,
    finalActivation: false,
    alpha,
    heads: classes,
  })
}
