/**
 * The ConvNet of gradient matching: `blocks` × (convolution 3×3 → instance norm → ReLU → average pool 2) → dense.
 * `size` is the side length of the square picture.
 */
export interface CondenseNetConfig {
  readonly size: number
  readonly channels: 1 | 3
  readonly width: number
  readonly blocks: number
  readonly classes: number
  /** Zero padding of the first convolution; the authors' code takes 3 for one channel, 1 for three. */
  readonly firstPadding: 1 | 3
}

/** The authors' network for pictures of this size: three blocks of width 128. */
export function authorsNet(pictures: Pick<CondenseNetConfig, 'size' | 'channels' | 'classes'>): CondenseNetConfig {
  return { ...pictures, width: 128, blocks: 3, firstPadding: pictures.channels === 1 ? 3 : 1 }
}

/**
 * Side length of the features behind the last block; an odd side loses its last row and column in the pooling.
 *
 * @throws RangeError where nothing is left
 */
export function featureSize({ size, blocks, firstPadding }: CondenseNetConfig): number {
  let side = size + 2 * (firstPadding - 1)
  for (let block = 0; block < blocks; block++) side = Math.floor(side / 2)
  if (side < 1) throw new RangeError(`A side of ${size} pixels cannot be halved ${blocks} times`)
  return side
}

/** Names of the blocks in the order of the pass. */
export function blockNames({ blocks }: CondenseNetConfig): string[] {
  return Array.from({ length: blocks }, (_, block) => `block${block}`)
}
