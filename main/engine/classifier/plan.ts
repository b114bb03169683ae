import type { Activation } from './activation'

/** A norm-free residual classifier, described. */
export interface ResidualPlan {
  readonly size: number
  readonly channels: number
  /** The input's mean and standard deviation per channel; pixels are in [0, 1]. */
  readonly mean: readonly number[]
  readonly std: readonly number[]
  readonly stem: readonly {
    readonly name: string
    readonly kernel: number
    readonly stride: number
    readonly width: number
  }[]
  readonly stages: readonly { readonly width: number; readonly blocks: number; readonly stride: number }[]
  /** Which of a block's two convolutions carries the stride (and the change of size). */
  readonly strideIn: 'conv1' | 'conv2'
  readonly activation: Activation
  /** Whether the activation stands once more before the mean over positions. */
  readonly finalActivation: boolean
  /** Factor of the residual branch. */
  readonly alpha: number
  readonly heads: number
}

/** One layer with weights. */
export interface LayerSpec {
  readonly name: string
  readonly kind: 'convolution' | 'dense'
  readonly kernel: number
  readonly stride: number
  readonly inputs: number
  readonly outputs: number
  /** Shape of what enters it, without the batch. */
  readonly inputShape: readonly number[]
  /** Whether an activation comes just before it: its γ is then folded into the layer's kernel. */
  readonly activated: boolean
  /** Factor on the layer's output (the residual factor), folded into kernel and bias. */
  readonly factor: number
  /** Weights, biases and gains. */
  readonly paramCount: number
}

interface BlockSpec {
  readonly conv1: LayerSpec
  readonly conv2: LayerSpec
  readonly shortcut: LayerSpec | null
}

interface PlannedLayers {
  readonly stem: readonly LayerSpec[]
  readonly blocks: readonly BlockSpec[]
  readonly head: LayerSpec
  /** All of them in the order in which they run. */
  readonly all: readonly LayerSpec[]
}

/** Every layer of a plan with its shapes, `alpha` as the factor of each block's second convolution. */
export function planLayers(plan: ResidualPlan): PlannedLayers {
  let side = plan.size
  let width = plan.channels
  const stem = plan.stem.map((part, index) => {
    const layer = convolution({ ...part, side, inputs: width, activated: index > 0 })
    side = Math.ceil(side / part.stride)
    width = part.width
    return layer
  })
  const blocks = plan.stages.flatMap((stage, s) =>
    Array.from({ length: stage.blocks }, (_, b) => {
      const at = {
        name: `stage${s}.block${b}`,
        side,
        inputs: width,
        outputs: stage.width,
        stride: b === 0 ? stage.stride : 1,
      }
      side = Math.ceil(side / at.stride)
      width = stage.width
      return block(plan, at)
    }),
  )
  const head: LayerSpec = {
    name: 'head',
    kind: 'dense',
    kernel: 1,
    stride: 1,
    inputs: width,
    outputs: plan.heads,
    inputShape: [width],
    activated: plan.finalActivation,
    factor: 1,
    paramCount: (width + 1) * plan.heads,
  }
  const inBlocks = blocks.flatMap(({ conv1, conv2, shortcut }) =>
    shortcut ? [conv1, conv2, shortcut] : [conv1, conv2],
  )
  return { stem, blocks, head, all: [...stem, ...inBlocks, head] }
}

interface BlockPlace {
  name: string
  side: number
  inputs: number
  outputs: number
  stride: number
}

function block(plan: ResidualPlan, at: BlockPlace): BlockSpec {
  const { name, side, inputs, outputs, stride } = at
  const first = plan.strideIn === 'conv1'
  const between = first ? Math.ceil(side / stride) : side
  const common = { kernel: 3, width: outputs, activated: true }
  return {
    conv1: convolution({ ...common, name: `${name}.conv1`, stride: first ? stride : 1, side, inputs }),
    conv2: convolution({
      ...common,
      name: `${name}.conv2`,
      stride: first ? 1 : stride,
      side: between,
      inputs: outputs,
      factor: plan.alpha,
    }),
    shortcut:
      stride === 1 && inputs === outputs
        ? null
        : convolution({ name: `${name}.shortcut`, kernel: 1, stride, width: outputs, side, inputs, activated: false }),
  }
}

function convolution(of: {
  name: string
  kernel: number
  stride: number
  width: number
  side: number
  inputs: number
  activated: boolean
  factor?: number
}): LayerSpec {
  const { name, kernel, stride, width: outputs, side, inputs, activated, factor = 1 } = of
  return {
    name,
    kind: 'convolution',
    kernel,
    stride,
    inputs,
    outputs,
    inputShape: [side, side, inputs],
    activated,
    factor,
    paramCount: kernel * kernel * inputs * outputs + 2 * outputs,
  }
}
