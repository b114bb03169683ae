import * as tf from '@tensorflow/tfjs-core'
import { classLogits, gradientMatch, weightImportance } from '../audit/objectives'
import { param } from '../tensor'
import { bpd, checkTerm, GRADIENTS, SECOND_DERIVATIVES, VALUES, type AuditSet, type FlowJson } from './auditSet'
import { absoluteDeviation, l2Deviation, type Deviation } from './deviation'

/** The JSON of a golden set of the gradient match. */
export interface GradientJson {
  readonly config: {
    readonly kappa: number
    readonly weights: { match: number; kl: number; kl_scaled: number; bpd: number }
    readonly flow: FlowJson['config']
    readonly tensors: readonly string[]
  }
  readonly kl: number[]
  readonly bits: number[]
  readonly cosine: Record<string, number[]>
  readonly terms: { match: number; kl: number; kl_scaled: number; bpd: number }
  readonly total: number
}
/** Importance of every weight, cosines, terms, and gradients to the pixels. */
export function checkGradientMatch(set: AuditSet, golden: GradientJson): Deviation[] {
  const { kappa, weights, tensors: names } = golden.config
  const objective = gradientMatch({ kappas: [kappa], weights: { match: 1, kl: 0, klScaled: 0 } })
  const part = (own: { match: number; kl: number; klScaled: number }) =>
    gradientMatch({ kappas: [kappa], weights: own }).prepare(set.network, set.x)
  const matcher = objective.prepare(set.network, set.x)
  const klScaled = part({ match: 0, kl: 0, klScaled: 1 })
  const total = part({ match: weights.match, kl: weights.kl, klScaled: weights.kl_scaled })
  const terms: Record<'match' | 'kl' | 'kl_scaled' | 'bpd' | 'total', (p: tf.Tensor4D) => tf.Scalar> = {
    match: (p) => tf.mean(matcher.compare(p, 0).distance),
    kl: (p) => tf.mean(matcher.compare(p, 0).kl),
    kl_scaled: (p) => tf.mean(klScaled.compare(p, 0).task),
    bpd: (p) => tf.mean(bpd(set, p)),
    total: (p) => tf.add(tf.mean(total.compare(p, 0).task), tf.mul(tf.mean(bpd(set, p)), weights.bpd)),
  }
  const { partDistances } = matcher.compare(set.simple, 0)
  const cosines = tf.unstack(tf.sub(1, partDistances), 1)
  const found = [
    ...checkImportance(set, names, kappa),
    ...names.map((name, i) =>
      absoluteDeviation(`cosine.${name}`, VALUES, [cosines[i] ?? partDistances, golden.cosine[name] ?? []]),
    ),
    ...(['match', 'kl', 'kl_scaled', 'bpd', 'total'] as const).flatMap((name) =>
      checkTerm(set, terms[name], {
        name,
        expected: name === 'total' ? golden.total : golden.terms[name],
        limit: name === 'match' || name === 'total' ? SECOND_DERIVATIVES : GRADIENTS,
        gradient: `grad.${name}`,
      }),
    ),
  ]
  for (const used of [matcher, klScaled, total]) used.dispose()
  return found
}

/** G(x) and G(x_simple), tensor by tensor. */
function checkImportance(set: AuditSet, names: readonly string[], kappa: number): Deviation[] {
  const scaled = Object.fromEntries(names.map((name) => [name, tf.mul(param(set.network.weights, name), kappa)]))
  return (['x', 'x_simple'] as const).flatMap((which) => {
    const pictures = tf.unstack(which === 'x' ? set.x : set.simple) as tf.Tensor3D[]
    const rows = pictures.map((picture) => {
      const one = tf.expandDims(picture) as tf.Tensor4D
      const own = classLogits(set.network.run(one).logits)
      const scaledLogits = classLogits(set.network.run(one, { weights: scaled }).logits)
      return weightImportance(set.network, one, { names, scaled, own, scaledLogits })
    })
    return names.map((name, i) => {
      const shape = param(scaled, name).shape
      const found = tf.stack(rows.map((row) => theirs(tf.reshape(row[i] ?? tf.scalar(NaN), shape))))
      return l2Deviation(`G.${which}.${name}`, GRADIENTS, [found, param(set.tensors, `G.${which}.${name}`)])
    })
  })
}

/** [kh, kw, in, out] → [out, in, kh, kw], [in, out] → [out, in]. */
function theirs(weight: tf.Tensor): tf.Tensor {
  if (weight.rank === 4) return tf.transpose(weight, [3, 2, 0, 1])
  return weight.rank === 2 ? tf.transpose(weight) : weight
}
