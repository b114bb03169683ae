import * as tf from '@tensorflow/tfjs-core'
import { SimpleBitsError, type OwnManifest } from '../../../../contract'
import type { OwnModel, OwnPlan } from '../../../engine/own'
import type { LoadedOwnClassifier } from '../../../ports'
import { artifactsOf } from './artifacts'
import { registerTap, tapGraph, tappedGraphModel } from './graphModel'
import { tappedLayersModel } from './layersModel'

/**
 * Loads a user's classifier into TensorFlow.js and holds its input and output against the manifest, before it computes anything.
 * @throws SimpleBitsError MODEL_CORRUPT with the reason
 */
export async function loadOwnModel(own: LoadedOwnClassifier): Promise<OwnModel> {
  const artifacts = artifactsOf(own)
  // The union package registers all gradients; loaded once here and not with the engine's start.
  const tfjs = await import('@tensorflow/tfjs')
  try {
    if (own.manifest.format === 'tfjs-graph') {
      registerTap(tfjs.registerOp)
      const tapped = tapGraph(artifacts)
      const model = await tfjs.loadGraphModel(tf.io.fromMemory(tapped.artifacts))
      const [input] = onlyOne(model.inputs)
      checkInput(input.shape ?? [], own.manifest)
      const output = graphOutput(model.outputNodes, own.manifest.output.tensor)
      return warmedUp(tappedGraphModel(model, { layers: tapped.layers, input: input.name, output }), own.manifest)
    }
    const model = await tfjs.loadLayersModel(tf.io.fromMemory(artifacts))
    const [input] = onlyOne(model.inputs)
    checkInput(input.shape, own.manifest)
    return warmedUp(
      tappedLayersModel(model, layersOutput(model.outputs.length, own.manifest.output.tensor)),
      own.manifest,
    )
  } catch (error) {
    const known = SimpleBitsError.from(error)
    if (known.code !== 'INTERNAL') throw known
    const reason = error instanceof Error ? error.message : String(error)
    throw new SimpleBitsError(
      'MODEL_CORRUPT',
      `The classifier ${own.name} was refused: TensorFlow.js cannot use ${own.manifest.file} (${reason.split('\n')[0]}).`,
      { cause: error },
    )
  }
}

/** How the engine feeds and reads it. */
export function ownPlan({ input, output, calibration, threshold }: OwnManifest): OwnPlan {
  return {
    input,
    output: { kind: output.kind, classes: output.classes.length, finding: output.finding },
    decision: { calibration, threshold },
  }
}

function onlyOne<T>(inputs: readonly T[]): [T] {
  const [input] = inputs
  if (inputs.length === 1 && input) return [input]
  throw new Error(`it has ${inputs.length} inputs, and only pictures can be given to it`)
}

/** A side that the model leaves open fits everything. */
function checkInput(shape: readonly (number | null)[], { input }: OwnManifest): void {
  const { height, width, channels, layout } = input
  const wanted = layout === 'NHWC' ? [height, width, channels] : [channels, height, width]
  const found = shape.slice(1)
  const fits = shape.length === 4 && wanted.every((length, i) => [null, -1, length].includes(found[i] ?? null))
  if (fits) return
  const words = (lengths: readonly (number | null)[]) =>
    `[N, ${lengths.map((n) => (n === -1 ? '?' : (n ?? '?'))).join(', ')}]`
  throw new Error(`its input has the shape ${words(found)}, but the manifest says ${words(wanted)} (${layout})`)
}

function layersOutput(count: number, tensor: number | string): number {
  if (typeof tensor === 'number' && tensor < count) return tensor
  throw new Error(`it has ${count} outputs, counted from 0, and no output ${JSON.stringify(tensor)}`)
}

function graphOutput(names: readonly string[], tensor: number | string): string {
  const name = typeof tensor === 'number' ? names[tensor] : names.find((each) => each === tensor)
  if (name !== undefined) return name
  throw new Error(`its outputs are ${names.join(', ')}, and none is ${JSON.stringify(tensor)}`)
}

/** One grey picture through it: the layers are known then, and what does not fit has shown itself. */
function warmedUp(model: OwnModel, { input, output }: OwnManifest): OwnModel {
  const { height, width, channels, layout } = input
  const shape: [number, number, number, number] =
    layout === 'NHWC' ? [1, height, width, channels] : [1, channels, height, width]
  const size = tf.tidy(() => model.run(tf.zeros(shape)).output.size)
  if (size !== output.classes.length)
    throw new Error(
      `its output holds ${size} numbers a picture, but the manifest names ${output.classes.length} classes`,
    )
  return model
}
