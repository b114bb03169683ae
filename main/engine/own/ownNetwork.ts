import * as tf from '@tensorflow/tfjs-core'
import { boundaryOf, type AuditedNetwork, type Decision } from '../audit'
import { toNetworkInput, type InputPlan } from './inputPlan'
import { findingLogOdds, type OutputPlan } from './outputPlan'

/** A network made elsewhere, loaded: from its input tensor to its output, telling what enters its layers. */
export interface OwnModel {
  /** Layers with a kernel, in the order of the forward pass. */
  readonly layers: readonly { readonly name: string; readonly parameters: number }[]
  /**
   * @param input as `toNetworkInput` makes it
   * @param offsets added to what enters the layers, by place; a hole adds nothing
   */
  run(
    input: tf.Tensor4D,
    offsets?: readonly (tf.Tensor | undefined)[],
  ): { readonly output: tf.Tensor; readonly inputs: readonly tf.Tensor[] }
  /** Frees its weights. */
  dispose(): void
}

export interface OwnPlan {
  readonly input: InputPlan
  readonly output: OutputPlan
  readonly decision: Decision
}

/** Side of the pictures that the probe below is made of; any will do. */
const PROBE_SIDE = 16

/**
 * A network made elsewhere as an audit needs it. It is matched at the inputs of its layers that hold one block an example;
 * where it has none, at its input alone. It names no weights: the gradient match, which needs to run it with others, cannot be had.
 *
 * @throws Error where the output is not [N, classes]
 */
export function ownNetwork(model: OwnModel, { input, output, decision }: OwnPlan): AuditedNetwork {
  const places = matchedPlaces(model, { input, output })
  const { calibration, threshold } = decision
  const layers = places.map((place) => {
    const layer = model.layers[place]
    return { name: layer?.name ?? `layer ${place}`, parameters: layer?.parameters ?? 1, weights: [] }
  })
  const onlyInput = layers.length === 0
  return {
    layers: onlyInput ? [{ name: 'input', parameters: 1, weights: [] }] : layers,
    weights: {},
    boundary: boundaryOf(threshold),
    run(x, { offsets } = {}) {
      const seen = toNetworkInput(x, input)
      const entering = onlyInput && offsets?.[0] ? (tf.add(seen, offsets[0]) as tf.Tensor4D) : seen
      const spread = onlyInput || !offsets ? undefined : atPlaces(model.layers.length, places, offsets)
      const run = model.run(entering, spread)
      const logOdds = findingLogOdds(asRows(run.output, output.classes), output)
      const logits = tf.add(tf.mul(logOdds, 1 / calibration.temperature), calibration.bias) as tf.Tensor2D
      const inputs = onlyInput ? [entering] : places.map((place) => run.inputs[place] ?? seen)
      return { logits, inputs }
    },
  }
}

/** The output's numbers as they are [N, classes], without calibration. */
export function ownOutput(model: OwnModel, x: tf.Tensor4D, plan: Pick<OwnPlan, 'input' | 'output'>) {
  return tf.tidy(() => asRows(model.run(toNetworkInput(x, plan.input)).output, plan.output.classes))
}

/** Places of the layers whose input holds one block an example, seen on two pictures at once. */
function matchedPlaces(model: OwnModel, plan: Pick<OwnPlan, 'input' | 'output'>): number[] {
  const two = tf.fill([2, PROBE_SIDE, PROBE_SIDE, 1], 0.5) as tf.Tensor4D
  const inputs = tf.tidy(() => {
    const run = model.run(toNetworkInput(two, plan.input))
    asRows(run.output, plan.output.classes)
    return [...run.inputs]
  })
  const places = inputs.flatMap((tensor, place) => (tensor.shape[0] === 2 && tensor.dtype === 'float32' ? [place] : []))
  tf.dispose([two, ...inputs])
  return places
}

function atPlaces(length: number, places: readonly number[], offsets: readonly tf.Tensor[]) {
  const spread: (tf.Tensor | undefined)[] = Array.from({ length })
  places.forEach((place, i) => (spread[place] = offsets[i]))
  return spread
}

/** [N, classes], from that or from the same with sides of length 1 between or behind. */
function asRows(output: tf.Tensor, classes: number): tf.Tensor2D {
  const n = output.shape[0] ?? 1
  const others = output.shape.slice(1)
  if (output.size !== n * classes || others.some((length) => length !== 1 && length !== classes))
    throw new Error(`the output has the shape [${['N', ...others].join(', ')}], not [N, ${classes}] as the classes say`)
  return tf.reshape(output, [n, classes])
}
