import * as tf from '@tensorflow/tfjs-core'
import { couplingForward, couplingInverse } from './coupling'
import type { InvertedFlow, LevelWeights, PreparedFlow } from './fold'
import { mixForward } from './mix'
import { fromStandard, priorLogDensity, toStandard } from './prior'
import { squeeze, unsqueeze } from './squeeze'

export interface FlowOutput {
  /** Standardised latents, one a level, [N, h, w, c]. */
  readonly latents: tf.Tensor4D[]
  /** Every term of log p at its position, one map a level, [N, h, w]: Gaussian, couplings, actnorms, 1×1 convolutions. */
  readonly logDensity: tf.Tensor3D[]
}

/** Σ of the log-determinants that are the same at every position of a level, a scalar. */
function constantLogDet(level: LevelWeights): tf.Scalar {
  return tf.addN(level.steps.map((step) => step.mix.logDet)) as tf.Scalar
}

/** Collects the maps of one level and adds them up once. */
function sumMaps(maps: readonly (tf.Tensor3D | null)[], constant: tf.Scalar): tf.Tensor3D {
  const present = maps.filter((map) => map !== null)
  return tf.add(tf.addN(present), constant) as tf.Tensor3D
}

/**
 * Glow forward: picture in flow range → latents and log-density maps.
 * Per level: squeeze → K × (actnorm · 1×1 convolution, coupling) → split, first half to the prior (all at the last level).
 *
 * @param g [N, H, W, C], `x·255/256 − 0.5 + noise`
 */
export function flowForward(flow: PreparedFlow, g: tf.Tensor4D): FlowOutput {
  const latents: tf.Tensor4D[] = []
  const logDensity: tf.Tensor3D[] = []
  let x = g
  for (const [index, level] of flow.levels.entries()) {
    x = squeeze(x)
    const maps: (tf.Tensor3D | null)[] = []
    for (const step of level.steps) {
      const { output, logDet } = couplingForward(step.coupling, mixForward(step.mix, x))
      maps.push(logDet)
      x = output
    }
    const last = index === flow.levels.length - 1
    const [leaving, going] = last ? [x, null] : (tf.split(x, 2, 3) as [tf.Tensor4D, tf.Tensor4D])
    const z = toStandard(level.prior, leaving)
    maps.push(priorLogDensity(level.prior, z))
    latents.push(z)
    logDensity.push(sumMaps(maps, constantLogDet(level)))
    if (going) x = going
  }
  return { latents, logDensity }
}

/**
 * Glow inverse: latents → picture in flow range, with the same log-density maps as the forward pass of that picture
 * would give.
 *
 * @param latents standardised, one a level, [N, h, w, c], as `flowForward` gives them
 * @returns `g` [N, H, W, C], `logDensity` one map a level, [N, h, w]
 * @throws RangeError where there are fewer latents than levels
 */
export function flowInverse(
  flow: InvertedFlow,
  latents: readonly tf.Tensor4D[],
): { g: tf.Tensor4D; logDensity: tf.Tensor3D[] } {
  const logDensity: tf.Tensor3D[] = []
  let x: tf.Tensor4D | null = null
  for (let index = flow.levels.length - 1; index >= 0; index--) {
    const level = flow.levels[index]
    const z = latents[index]
    const inverses = flow.inverseMixes[index]
    if (!level || !z || !inverses)
      throw new RangeError(`The flow needs ${flow.levels.length} latents, got ${latents.length}`)
    const left = fromStandard(level.prior, z)
    x = x ? tf.concat([left, x], 3) : left
    const maps: (tf.Tensor3D | null)[] = [priorLogDensity(level.prior, z)]
    for (let k = level.steps.length - 1; k >= 0; k--) {
      const step = level.steps[k]
      const inverse = inverses[k]
      if (!step || !inverse) continue
      const undone = couplingInverse(step.coupling, x)
      maps.push(undone.logDet)
      x = mixForward(inverse, undone.output)
    }
    logDensity.unshift(sumMaps(maps, constantLogDet(level)))
    x = unsqueeze(x)
  }
  if (!x) throw new RangeError('A flow has at least one level')
  return { g: x, logDensity }
}
