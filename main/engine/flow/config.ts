/** Architecture of a Glow; `size` is the side length of the square picture. Levels and steps count from 0. */
export interface FlowConfig {
  readonly size: number
  readonly channels: 1 | 3
  readonly levels: number
  /** Steps of every level, or of each from the finest on. */
  readonly steps: PerLevel
  /** Hidden channels of the couplings, of every level or of each. */
  readonly hidden: PerLevel
  readonly coupling: 'affine' | 'additive'
}

type PerLevel = number | readonly number[]

/** What the steps of a level work on: side length and channels after its squeeze. */
export interface LevelShape {
  readonly steps: number
  readonly hidden: number
  readonly size: number
  readonly channels: number
  /** Channels that leave to the prior behind this level. */
  readonly toPrior: number
}

/** @throws RangeError where the size does not halve `levels` times, or where steps or hidden channels of a level are missing */
export function levelShapes(config: FlowConfig): LevelShape[] {
  if (config.size % 2 ** config.levels !== 0)
    throw new RangeError(`A side of ${config.size} pixels cannot be halved ${config.levels} times`)
  let { size, channels }: { size: number; channels: number } = config
  return Array.from({ length: config.levels }, (_, level) => {
    size /= 2
    channels *= 4
    const toPrior = level === config.levels - 1 ? channels : channels / 2
    const shape = {
      steps: atLevel(config.steps, level),
      hidden: atLevel(config.hidden, level),
      size,
      channels,
      toPrior,
    }
    channels = channels / 2
    return shape
  })
}

function atLevel(value: PerLevel, level: number): number {
  const found = typeof value === 'number' ? value : value[level]
  if (found === undefined) throw new RangeError(`The flow’s configuration says nothing of level ${level}`)
  return found
}

/** Values of a picture: height · width · channels. */
export function dimensions(config: FlowConfig): number {
  return config.size * config.size * config.channels
}

/** Output channels of a coupling's small network: shift and raw scale, or shift alone. */
export function couplingOutputs(config: FlowConfig, shape: LevelShape): number {
  return config.coupling === 'affine' ? shape.channels : shape.channels / 2
}
