import * as tf from '@tensorflow/tfjs-core'
import { bits, dimensions, foldFlow, type FlowConfig } from '../../../engine/flow'
import { seededRng } from '../../../engine/rng'
import type { Params } from '../../../engine/tensor'
import type { TrainingFilm } from '../../trainingData'
import { plainFlowBatch } from './batches'

const BATCH = 8
const SEED = 20_220_105

/**
 * Mean bits per dimension of held-out films as they are, over all and per source, one seeded noise a film.
 * @param count how many of them, a seeded choice
 */
export function heldOutBpd(
  config: FlowConfig,
  params: Params,
  { films, count }: { films: readonly TrainingFilm[]; count: number },
): Record<string, number> {
  const order = seededRng(SEED).permutation(films.length).slice(0, count)
  const chosen = order.flatMap((index) => films[index] ?? [])
  const found = new Map<string, number[]>()
  for (let start = 0; start < chosen.length; start += BATCH) {
    const slice = chosen.slice(start, start + BATCH)
    bpdOf(config, params, slice).forEach((bpd, i) => {
      for (const key of ['all', slice[i]?.split ?? 'unknown']) found.set(key, [...(found.get(key) ?? []), bpd])
    })
  }
  return Object.fromEntries([...found].map(([key, list]) => [key, list.reduce((a, b) => a + b, 0) / list.length]))
}

function bpdOf(config: FlowConfig, params: Params, films: readonly TrainingFilm[]): number[] {
  const batch = plainFlowBatch(films, seededRng(SEED + 1))
  const flow = () => foldFlow(config, params, { frozen: true })
  const found = tf.tidy(() => Array.from(bits(flow(), batch.x, batch.noise).dataSync()))
  tf.dispose([batch.x, batch.noise])
  return found.map((value) => value / dimensions(config))
}
