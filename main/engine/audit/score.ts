import * as tf from '@tensorflow/tfjs-core'
import { compiledBits } from '../flow'
import type { AuditProblem } from './problem'
import { withPicture } from './withPicture'

/** How the classifier reads one 8-bit picture. */
interface PictureReading {
  /** Calibrated logit of the finding. */
  readonly logit: number
  /** Matching distance (`Match.distance`). */
  readonly distance: number
  /** KL(f(film) ‖ f(picture)), nats. */
  readonly kl: number
}

/** What a picture costs, and how the classifier reads it. */
export interface PictureScore extends PictureReading {
  /** Mean over the noise draws used. */
  readonly bits: number
  /** Bits per pixel, mean over the noise draws: sums to `bits`. */
  readonly map: Float32Array
}

/** What objectives that draw something anew each step draw for a score. */
const SCORING_DRAW = 0.5

/**
 * Bits, map, logit, matching distance and KL of one picture. Bits are under noise, the reading is of the picture itself.
 *
 * @param picture [1, size, size, 1] in [0, 1], 8-bit valued; stays the caller's
 * @param draws how many of the problem's noises to use, from the first one on
 */
export function scorePicture(problem: AuditProblem, picture: tf.Tensor4D, draws: number): PictureScore {
  return { ...measureBits(problem, picture, draws), ...readPicture(problem, picture) }
}

/** The reading alone; `picture` as in `scorePicture`. */
export function readPicture(problem: AuditProblem, picture: tf.Tensor4D): PictureReading {
  const { of, fn } = readingStep(problem)
  const [read] = problem.compiler.run(of, fn, readingInputs(problem, picture))
  const [logit = NaN, distance = NaN, kl = NaN] = read.dataSync()
  read.dispose()
  return { logit, distance, kl }
}

/** `readPicture` of grey levels, row-major, size × size. */
export function readLevels(problem: AuditProblem, levels: Uint8Array): PictureReading {
  return withPicture(problem.size, levels, (picture) => readPicture(problem, picture))
}

/** `scorePicture` of grey levels, row-major, size × size. */
export function scoreLevels(problem: AuditProblem, levels: Uint8Array, of: { readonly draws: number }): PictureScore {
  return withPicture(problem.size, levels, (picture) => scorePicture(problem, picture, of.draws))
}

/** False where a search has left the range of numbers: then nothing follows from this score. */
export function isSound({ bits, logit, distance, kl }: PictureScore): boolean {
  return [bits, logit, distance, kl].every(Number.isFinite)
}

/** `measureBits` of grey levels, row-major, size × size. */
export function measureLevels(problem: AuditProblem, levels: Uint8Array, of: { readonly draws: number }): MeasuredBits {
  return withPicture(problem.size, levels, (picture) => measureBits(problem, picture, of.draws))
}

/** Bits of one picture and the map [size²] that sums to them. */
interface MeasuredBits {
  readonly bits: number
  readonly map: Float32Array
}

/** Bits and bit map [size²] alone, means over `draws` noises; as `scorePicture` otherwise. */
export function measureBits(problem: AuditProblem, picture: tf.Tensor4D, draws: number): MeasuredBits {
  const { size, noises, flow, compiler } = problem
  // one graph serves one draw: it is every stop's, and draw after draw it is no slower than all at once
  const groups = compiler.graphs
    ? Array.from({ length: draws }, (_, draw) => [draw, 1] as const)
    : [[0, draws] as const]
  const [bits, map] = tf.tidy(() => {
    const found = groups.map(([start, count]) => {
      const noise = tf.slice4d(noises, [start, 0, 0, 0], [count, -1, -1, -1])
      return compiledBits(compiler, flow, [tf.tile(picture, [count, 1, 1, 1]), noise])
    })
    const all = (maps: tf.Tensor[]) => (maps.length > 1 ? tf.concat(maps) : (maps[0] as tf.Tensor))
    return [
      tf.mean(all(found.map((one) => one.bits))),
      tf.reshape(tf.mean(all(found.map((one) => one.map)), 0), [size * size]),
    ]
  }) as [tf.Scalar, tf.Tensor1D]
  const read = { bits: bits.dataSync()[0] ?? NaN, map: Float32Array.from(map.dataSync()) }
  tf.dispose([bits, map])
  return read
}

/** The picture [1, size, size, 1] and what the film says: what goes into `readingStep`. */
export function readingInputs({ matcher }: AuditProblem, picture: tf.Tensor4D): ReadingInputs {
  return [picture, ...matcher.held(SCORING_DRAW)]
}

/** Picture, then the matcher's tensors. */
type ReadingInputs = [tf.Tensor4D, ...tf.Tensor[]]

/** Logit, matching distance and KL [3] as a pure function of `readingInputs`, and the name that it is compiled under. */
export function readingStep({ network, matcher }: AuditProblem) {
  const fn = (...[seen, ...held]: ReadingInputs): [tf.Tensor1D] => {
    const match = matcher.compareTo(seen, held)
    const logit = tf.sum(tf.mul(match.logits, tf.tensor1d([-1, 1])))
    return [tf.stack([logit, tf.sum(match.distance), tf.sum(match.kl)]) as tf.Tensor1D]
  }
  return { of: { models: [network], name: `reading ${matcher.identity}` }, fn }
}
