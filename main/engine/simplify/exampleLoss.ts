import * as tf from '@tensorflow/tfjs-core'

/** What is known of a batch. */
export interface Labels {
  /** Probabilities [N, classes or heads]. */
  readonly targets: tf.Tensor2D
  /** Weight of each head [N, heads], 0 where the truth is unknown; 1 everywhere where absent. */
  readonly weights?: tf.Tensor2D
}

/** How a classifier's logits are judged, example by example: the gate of the bits needs each one's own loss. */
export interface ExampleLoss {
  /** Cross-entropy of each example [N], nats; its gradient is `slope` and may be differentiated once more. */
  each(logits: tf.Tensor2D, labels: Labels): tf.Tensor1D
  /** Share of right decisions among the examples whose truth is known. */
  accuracy(logits: tf.Tensor2D, labels: Labels): tf.Scalar
}

/** Exclusive classes: −Σ target·log softmax(logits). */
export const softmaxLoss: ExampleLoss = {
  each: (logits, { targets }) =>
    withSlope(logits, {
      value: (own) => tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(own)), 1)),
      slope: (own) => tf.sub(tf.mul(tf.softmax(own), tf.sum(targets, 1, true)), targets),
    }),
  accuracy: (logits, { targets }) =>
    tf.tidy(() => tf.mean(tf.cast(tf.equal(tf.argMax(logits, 1), tf.argMax(targets, 1)), 'float32')) as tf.Scalar),
}

/**
 * Independent heads: Σ weight·(softplus(logit) − target·logit) / Σ weight over an example's heads. An example of which
 * nothing is known has loss 0, as if it were predicted well: leave such ones out.
 *
 * @param decisionHead the head whose yes/no counts as right or wrong
 */
export function sigmoidLoss(decisionHead = 0): ExampleLoss {
  const column = (of: tf.Tensor2D) => tf.slice2d(of, [0, decisionHead], [-1, 1])
  const weightsOf = ({ targets, weights }: Labels): tf.Tensor2D => weights ?? tf.onesLike(targets)
  const shares = (labels: Labels) => {
    const weights = weightsOf(labels)
    return tf.div(weights, tf.maximum(tf.sum(weights, 1, true), 1e-6))
  }
  return {
    each: (logits, labels) =>
      withSlope(logits, {
        value: (own) => tf.sum(tf.mul(tf.sub(tf.softplus(own), tf.mul(labels.targets, own)), shares(labels)), 1),
        slope: (own) => tf.mul(tf.sub(tf.sigmoid(own), labels.targets), shares(labels)),
      }),
    accuracy: (logits, labels) =>
      tf.tidy(() => {
        const right = tf.equal(tf.greater(column(logits), 0), tf.greater(column(labels.targets), 0.5))
        const known = tf.cast(tf.greater(column(weightsOf(labels)), 0), 'float32')
        return tf.divNoNan(tf.sum(tf.mul(tf.cast(right, 'float32'), known)), tf.sum(known)) as tf.Scalar
      }),
  }
}

/** The labels of a batch twice, one below the other. */
export function repeated({ targets, weights }: Labels): Labels {
  const doubled = (of: tf.Tensor2D) => tf.concat2d([of, of], 0)
  return { targets: doubled(targets), ...(weights ? { weights: doubled(weights) } : {}) }
}

/** [N] of logits, with a gradient by formula: the library's own reuse their outputs and end after one derivative. */
function withSlope(
  logits: tf.Tensor2D,
  of: { value: (logits: tf.Tensor2D) => tf.Tensor; slope: (logits: tf.Tensor2D) => tf.Tensor },
): tf.Tensor1D {
  const operation = tf.customGrad((given, save) => {
    const own = given as tf.Tensor2D
    ;(save as tf.GradSaveFunc)([own])
    return {
      value: of.value(own),
      gradFunc: (dy, saved) => tf.mul(tf.expandDims(dy as tf.Tensor1D, 1), of.slope(saved[0] as tf.Tensor2D)),
    }
  })
  return operation(logits) as tf.Tensor1D
}
