import * as tf from '@tensorflow/tfjs-core'
import { REPORTED_DRAWS } from '../reportedDraws'
import { seededRng } from '../rng'
import { EAGER, type Compiler } from '../tensor'
import { compiledBits, NOISE_WIDTH } from './bits'
import type { PreparedFlow } from './fold'

/** The one seed of the reported noises: a picture has the same bits in every command and test. An audit draws noises of its own. */
const NOISE_SEED = 20220105

/** Mean over noises: bits [N], per-noise bits [draws][N], bit map [N, H, W]. The caller disposes `map`. */
interface ReportedBits {
  readonly bits: Float64Array
  readonly drawn: readonly Float32Array[]
  readonly map: tf.Tensor3D
}

/** The fixed noise number `draw`, [1, H, W, C], uniform in [0, 1/256); the same for every picture of a batch. */
export function reportedNoise(flow: PreparedFlow, draw: number): tf.Tensor4D {
  const { size, channels } = flow.config
  const values = seededRng(NOISE_SEED + draw).uniformArray(size * size * channels)
  return tf.tidy(() => tf.mul(tf.tensor4d(values, [1, size, size, channels]), NOISE_WIDTH))
}

/**
 * Bits and bit map as they are reported: means over `draws` fixed, seeded dequantisation noises.
 *
 * @param options.draws how many; at least 1, the product's where nothing else is asked for
 * @param options.compiler worth giving where pictures of this batch size are measured a few dozen times
 * @param x pictures [N, H, W, C] in [0, 1], 8-bit valued
 * @throws RangeError where no draw is asked for
 */
export function reportedBits(
  flow: PreparedFlow,
  x: tf.Tensor4D,
  { draws = REPORTED_DRAWS, compiler = EAGER }: { readonly draws?: number; readonly compiler?: Compiler } = {},
): ReportedBits {
  const drawn: Float32Array[] = []
  let map: tf.Tensor3D | null = null
  for (let draw = 0; draw < draws; draw++) {
    const one = tf.tidy(() => {
      const noise = tf.tile(reportedNoise(flow, draw), [x.shape[0], 1, 1, 1])
      return compiledBits(compiler, flow, [x, noise])
    })
    drawn.push(one.bits.dataSync<'float32'>().slice())
    one.bits.dispose()
    const sum: tf.Tensor3D = map ? tf.add(map, one.map) : tf.clone(one.map)
    tf.dispose(map ? [map, one.map] : [one.map])
    map = sum
  }
  if (!map) throw new RangeError('Reported bits need at least one noise draw')
  const mean: tf.Tensor3D = tf.div(map, draws)
  map.dispose()
  const bits = Float64Array.from(
    { length: x.shape[0] },
    (_, i) => drawn.reduce((sum, row) => sum + (row[i] ?? NaN), 0) / draws,
  )
  return { bits, drawn, map: mean }
}
