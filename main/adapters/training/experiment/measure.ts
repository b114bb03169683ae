import * as tf from '@tensorflow/tfjs-core'
import type { CellResult } from '../../../../contract'
import type { ClassifierNet } from '../../../engine/classifier'
import { dimensions, reportedBits, type PreparedFlow } from '../../../engine/flow'
import { auc } from '../../../engine/metrics'
import { EAGER, type Compiler, type Params } from '../../../engine/tensor'
import type { ExperimentSet, PictureSet } from '../../experimentData'
import { CHUNK, chunksOf, tensorOf } from './pictures'

/** Seeded noises a picture: one is enough where hundreds of pictures are averaged. */
const DRAWS = 1

export interface Scores {
  readonly accuracy: number
  /** Of the second class against the first; null where there are other than two, or pictures of one alone. */
  readonly auc: number | null
}

/** What a classifier makes of pictures without noise. */
export function scoresOf(net: ClassifierNet, params: Params, set: PictureSet): Scores {
  const frozen = tf.tidy(() => net.freeze(params) as never) as Params
  const logits = chunksOf(set).flatMap((start) => {
    const x = tensorOf(set, start, CHUNK)
    const rows = tf.tidy(() => net.forward(frozen, x).arraySync())
    x.dispose()
    return rows
  })
  tf.dispose(Object.values(frozen))
  const right = logits.filter((row, i) => row.indexOf(Math.max(...row)) === set.labels[i]).length
  const binary = logits[0]?.length === 2
  const scores = logits.map(([zero = NaN, one = NaN]) => one - zero)
  const positive = logits.map((_, i) => set.labels[i] === 1)
  const found = binary ? auc(scores, positive) : NaN
  return { accuracy: right / set.count, auc: Number.isNaN(found) ? null : found }
}

/** Bits of every picture, and the mean bit map's sums over the left and the right half. */
interface Bits {
  readonly each: readonly number[]
  readonly left: number
  readonly right: number
}

/** What counts bits, and what runs it. */
interface Measuring {
  readonly flow: PreparedFlow
  readonly compiler: Compiler
}

/** Chunks of full size share one graph, which a run of several checkpoints is worth; a set's rest has a size of its own. */
export function bitsOf({ flow, compiler }: Measuring, set: PictureSet): Bits {
  const each: number[] = []
  const halves = [0, 0]
  for (const start of chunksOf(set)) {
    const x = tensorOf(set, start, CHUNK)
    const by = x.shape[0] === CHUNK ? compiler : EAGER
    const { bits, map } = reportedBits(flow, x, { draws: DRAWS, compiler: by })
    each.push(...bits)
    const sums = tf.tidy(() => tf.split(map, 2, 2).map((half) => tf.sum(half).dataSync()[0] ?? NaN))
    sums.forEach((sum, half) => (halves[half] = (halves[half] ?? 0) + sum / set.count))
    tf.dispose([x, map])
  }
  return { each, left: halves[0] ?? NaN, right: halves[1] ?? NaN }
}

export function meanBpd({ flow }: Pick<Measuring, 'flow'>, { each }: Bits): number {
  return mean(each) / dimensions(flow.config)
}

/** A black picture, as a set of one. */
export function blankOf({ size, channels }: Pick<PictureSet, 'size' | 'channels'>): PictureSet {
  return { size, channels, count: 1, pictures: new Uint8Array(size * size * channels), labels: new Uint8Array(1) }
}

/**
 * Bits a picture above blank of the labelled part and of the distractor. Halves: sums of the bit map over each. One over the other: the
 * clean part's own bits are the labelled part's, whatever a picture has beyond them the distractor's.
 */
export function partsOf(
  measuring: Measuring,
  set: ExperimentSet,
  bits: { before: Bits; after: Bits; blank: Bits },
): CellResult['parts'] {
  const { parts } = set
  if (!parts) return null
  const { before, after, blank } = bits
  if (parts.kind === 'halves') {
    const [label, other] = parts.labelled === 'left' ? (['left', 'right'] as const) : (['right', 'left'] as const)
    const above = (half: 'left' | 'right') => ({ before: before[half] - blank[half], after: after[half] - blank[half] })
    return { labelled: above(label), distractor: above(other) }
  }
  const floor = mean(blank.each)
  const clean = mean(bitsOf(measuring, { ...set, pictures: parts.clean }).each)
  const left = mean(after.each)
  return {
    labelled: { before: clean - floor, after: Math.min(left, clean) - floor },
    distractor: { before: mean(before.each) - clean, after: Math.max(0, left - clean) },
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
