import { residualNet, type ClassifierNet } from './residualNet'

interface SmallClassifierConfig {
  readonly size: number
  readonly channels: number
  readonly classes: number
  /** Width of the first stage; the two behind it have twice and four times as many. */
  readonly width: number
  /** Stride of the stem: 2 works at half the resolution, at about a quarter of the cost. */
  readonly stemStride: 1 | 2
}

/**
 * Norm-free residual classifier of three stages with one block each, for experiments with small pictures. ELU, stride in
 * the first convolution, an activation before the mean over positions. Pixels in [0, 1] enter as (x − 0.5)/0.25.
 */
export function smallClassifier(config: SmallClassifierConfig): ClassifierNet {
  const { size, channels, classes, width, stemStride } = config
  return residualNet({
    size,
    channels,
    mean: Array.from({ length: channels }, () => 0.5),
    std: Array.from({ length: channels }, () => 0.25),
    stem: [{ name: 'stem', kernel: stemStride === 1 ? 3 : 5, stride: stemStride, width }],
    stages: [1, 2, 4].map((times, stage) => ({ width: width * times, blocks: 1, stride: stage === 0 ? 1 : 2 })),
    strideIn: 'conv1',
    activation: 'elu',
    finalActivation: true,
    alpha: 0.2,
    heads: classes,
  })
}
