import type * as tf from '@tensorflow/tfjs-core'
import type { LayersModel, layers } from '@tensorflow/tfjs'
import type { OwnModel } from '../../../engine/own'
import { Taps, type TappedLayer } from './taps'

type Layer = layers.Layer

/** A TensorFlow.js Layers model that says what enters its layers with kernels, in nested models too. */
export function tappedLayersModel(model: LayersModel, output: number): OwnModel {
  const taps = new Taps()
  for (const layer of leaves(model)) if (hasKernel(layer)) listen(layer, taps)
  return {
    get layers() {
      return taps.layers()
    },
    run: (input, offsets) =>
      taps.during(() => {
        const found = model.apply(input, { training: false }) as tf.Tensor | tf.Tensor[]
        const tensor = Array.isArray(found) ? found[output] : found
        if (!tensor) throw new Error(`it has no output ${output}`)
        return tensor
      }, offsets),
    dispose: () => void model.dispose(),
  }
}

function leaves(model: LayersModel): Layer[] {
  return model.layers.flatMap((layer) => (isModel(layer) ? leaves(layer) : [layer]))
}

function isModel(layer: Layer | LayersModel): layer is LayersModel {
  return 'layers' in layer && Array.isArray(layer.layers)
}

/** Convolutions, dense layers and their kin; not the scales and shifts of a normalisation. */
function hasKernel(layer: Layer): boolean {
  return layer.weights.some(({ shape }) => shape.length >= 2)
}

function listen(layer: Layer, taps: Taps): void {
  const own = layer.call.bind(layer)
  const tapped: TappedLayer = { name: layer.name, parameters: layer.countParams() }
  layer.call = (inputs, kwargs) => {
    if (!Array.isArray(inputs)) return own(taps.enter(tapped, inputs), kwargs)
    const [only] = inputs
    return inputs.length === 1 && only ? own([taps.enter(tapped, only)], kwargs) : own(inputs, kwargs)
  }
}
