import * as tf from '@tensorflow/tfjs-core'

/** What a network's output means. */
export interface OutputPlan {
  /** `logits`, `sigmoid`: each class for itself; `softmax-logits`, `softmax`: one class of several. */
  readonly kind: 'logits' | 'sigmoid' | 'softmax' | 'softmax-logits'
  readonly classes: number
  /** Column of the finding; all others are the rest. */
  readonly finding: number
}

/** Probabilities are kept this far from 0 and 1: log-odds stay within ±13.8, and beyond there is no gradient. */
export const CLIPPED = 1e-6

/**
 * Log-odds of the finding [N, 1]: the logit itself; log p − log(1 − p); or, of softmax logits, l_f − log Σ_{c ≠ f} exp l_c.
 *
 * @param output [N, classes]
 */
export function findingLogOdds(output: tf.Tensor2D, { kind, classes, finding }: OutputPlan): tf.Tensor2D {
  return tf.tidy(() => {
    const own = tf.slice2d(output, [0, finding], [-1, 1])
    if (kind === 'logits') return own
    if (kind === 'softmax-logits') {
      const before = tf.slice2d(output, [0, 0], [-1, finding])
      const after = tf.slice2d(output, [0, finding + 1], [-1, classes - finding - 1])
      return tf.sub(own, tf.logSumExp(tf.concat2d([before, after], 1), 1, true)) as tf.Tensor2D
    }
    const p = tf.clipByValue(own, CLIPPED, 1 - CLIPPED)
    return tf.sub(tf.log(p), tf.log(tf.sub(1, p))) as tf.Tensor2D
  })
}
