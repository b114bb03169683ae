import * as tf from '@tensorflow/tfjs-core'
import type { AuditedNetwork } from '../audit'
import { reportedBits, type PreparedFlow } from '../flow'
import type { SimplifierNet } from '../simplify'
import { EAGER, roundToLevels, toLevels, type Compiler, type Params } from '../tensor'

/** A simplifier's guess at a film's counterpart, measured as an audit measures its own. */
interface InstantCounterpart {
  /** Grey levels, row-major. */
  readonly levels: Uint8Array
  readonly bits: number
  /** Bits per pixel; sums to `bits`. */
  readonly map: Float32Array
  /** Calibrated logit of the finding. */
  readonly logit: number
}

interface InstantParts {
  readonly net: SimplifierNet
  readonly params: Params
  readonly flow: PreparedFlow
  readonly network: AuditedNetwork
  /** Operation by operation where none is given. */
  readonly compiler?: Compiler
}

/**
 * One pass of the simplifier: the 8-bit counterpart of a film, its bits and what the classifier says of it.
 *
 * @param film [1, size, size, 1] in [0, 1]
 * @param draws dequantisation noises behind the bits
 */
export function instantCounterpart(
  { net, params, flow, network, compiler = EAGER }: InstantParts,
  film: tf.Tensor4D,
  draws: number,
): InstantCounterpart {
  const picture = tf.tidy(() => roundToLevels(net.apply(params, film)))
  const levels = toLevels(picture)
  const { bits, map } = reportedBits(flow, picture, { draws, compiler })
  const logit = tf.tidy(() => network.run(picture).logits.dataSync()[0] ?? NaN)
  const found = {
    levels,
    bits: bits[0] ?? NaN,
    map: map.dataSync<'float32'>().slice(),
    logit,
  }
  tf.dispose([picture, map])
  return found
}

/** The picture alone: what a search may start from. */
export function guessedLevels(
  { net, params }: { readonly net: SimplifierNet; readonly params: Params },
  film: tf.Tensor4D,
): Uint8Array {
  const picture = tf.tidy(() => roundToLevels(net.apply(params, film)))
  const levels = toLevels(picture)
  picture.dispose()
  return levels
}
