import * as tf from '@tensorflow/tfjs-core'
import { bits, dimensions, foldFlow, type FlowConfig } from '../../../engine/flow'
import { seededRng, type Rng } from '../../../engine/rng'
import type { Params } from '../../../engine/tensor'
import { noisyBatch } from './batches'
import type { HeldOutPicture } from './flowPictures'

const BATCH = 8
const SEED = 20_220_105

/**
 * Mean bits per dimension of held-out pictures as they are, over all and per group, one seeded noise a picture.
 * @param count how many of them, a seeded choice
 */
export function heldOutBpd(
  config: FlowConfig,
  params: Params,
  { pictures, count }: { pictures: readonly HeldOutPicture[]; count: number },
): Record<string, number> {
  const order = seededRng(SEED).permutation(pictures.length).slice(0, count)
  const chosen = order.flatMap((index) => pictures[index] ?? [])
  const found = new Map<string, number[]>()
  const noise = seededRng(SEED + 1)
  for (let start = 0; start < chosen.length; start += BATCH) {
    const slice = chosen.slice(start, start + BATCH)
    bpdOf(config, params, { pictures: slice, noise }).forEach((bpd, i) => {
      for (const key of slice[i]?.groups ?? []) found.set(key, [...(found.get(key) ?? []), bpd])
    })
  }
  return Object.fromEntries([...found].map(([key, list]) => [key, list.reduce((a, b) => a + b, 0) / list.length]))
}

function bpdOf(
  config: FlowConfig,
  params: Params,
  { pictures, noise }: { readonly pictures: readonly HeldOutPicture[]; readonly noise: Rng },
): number[] {
  const levels = pictures.map((picture) => picture.levels)
  const batch = noisyBatch(levels, config, noise)
  const flow = () => foldFlow(config, params, { frozen: true })
  const found = tf.tidy(() => Array.from(bits(flow(), batch.x, batch.noise).dataSync()))
  tf.dispose([batch.x, batch.noise])
  return found.map((value) => value / dimensions(config))
}
