import * as tf from '@tensorflow/tfjs-core'
import type { ClassifierNet, ForwardOptions } from '../classifier'
import { twiceDifferentiableElu, type Params } from '../tensor'
import { boundaryOf } from './decision'
import type { AuditedNetwork } from './network'

export interface Decision {
  /** Calibrated probability = sigmoid(logit / temperature + bias). */
  readonly calibration: { readonly temperature: number; readonly bias: number }
  /** Probability at and above which the decision is "finding present". */
  readonly threshold: number
}

/**
 * The film classifier as an audit sees it: its first head alone, calibrated, with its effective weights.
 *
 * @param frozen from `net.freeze`; they stay the caller's and must outlive the network
 */
export function auditedClassifier(net: ClassifierNet, frozen: Params, decision: Decision): AuditedNetwork {
  const { calibration, threshold } = decision
  return {
    layers: net.layers.map((layer) => ({
      name: layer.name,
      parameters: layer.paramCount,
      weights: [`${layer.name}.kernel`, `${layer.name}.bias`],
    })),
    weights: frozen,
    boundary: boundaryOf(threshold),
    run(x, { weights = frozen, offsets, featureOffset, relu, twice } = {}) {
      const elu = twice && net.plan.activation === 'elu' ? twiceDifferentiableElu : undefined
      const activate = (relu ?? elu) as ForwardOptions['activate']
      const { logits, inputs, features } = net.forwardWithInputs(weights, x, {
        ...(offsets ? { offsets: byName(net, offsets) } : {}),
        ...(featureOffset ? { featureOffset } : {}),
        ...(activate ? { activate } : {}),
      })
      const finding = logits.shape[1] === 1 ? logits : tf.slice2d(logits, [0, 0], [-1, 1])
      const calibrated = tf.add(tf.mul(finding, 1 / calibration.temperature), calibration.bias) as tf.Tensor2D
      return { logits: calibrated, inputs: net.layers.map((layer) => inputOf(inputs, layer.name)), features }
    },
  }
}

function byName(net: ClassifierNet, offsets: readonly tf.Tensor[]): Record<string, tf.Tensor> {
  return Object.fromEntries(net.layers.flatMap(({ name }, i) => (offsets[i] ? [[name, offsets[i]]] : [])))
}

function inputOf(inputs: Readonly<Record<string, tf.Tensor>>, name: string): tf.Tensor {
  const input = inputs[name]
  if (!input) throw new Error(`The classifier did not say what enters ${name}`)
  return input
}
