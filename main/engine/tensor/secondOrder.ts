import * as tf from '@tensorflow/tfjs-core'

interface ConvAttributes {
  readonly strides: [number, number]
  readonly pad: 'valid' | 'same' | number
}
interface PoolAttributes extends ConvAttributes {
  readonly filterSize: number | [number, number]
}

/**
 * Registers the gradients that TensorFlow.js 4.22 lacks for differentiating a convolution network twice. Runs once;
 * a registration of the library's own stays.
 *
 * - dW = backpropFilter(x, dy) is bilinear, so with a cotangent v of W's shape
 *   ∂⟨dW, v⟩/∂x = backpropInput(dy, v) and ∂⟨dW, v⟩/∂dy = conv(x, v).
 * - The gradient of an average pool is linear in dy alone: ∂⟨dx, v⟩/∂dy = averagePool(v).
 */
export function registerSecondOrderGradients(): void {
  if (!tf.getGradient(tf.Conv2DBackpropFilter)) registerFilterGradient()
  if (!tf.getGradient(tf.AvgPoolGrad)) registerPoolGradient()
}

function registerFilterGradient(): void {
  tf.registerGradient({
    kernelName: tf.Conv2DBackpropFilter,
    inputsToSave: ['x', 'dy'],
    gradFunc: (cotangent, saved, attributes) => {
      const [x, dy] = saved as [tf.Tensor4D, tf.Tensor4D]
      const { strides, pad } = attributes as unknown as ConvAttributes // the library types attributes as a bag of values
      const v = cotangent as tf.Tensor4D
      return {
        x: () => tf.conv2dTranspose(dy, v, x.shape, strides, pad),
        dy: () => tf.conv2d(x, v, strides, pad),
      }
    },
  })
}

function registerPoolGradient(): void {
  tf.registerGradient({
    kernelName: tf.AvgPoolGrad,
    inputsToSave: ['input'],
    gradFunc: (cotangent, saved, attributes) => {
      const { filterSize, strides, pad } = attributes as unknown as PoolAttributes // as above
      return {
        dy: () => tf.avgPool(cotangent as tf.Tensor4D, filterSize, strides, pad),
        input: () => tf.zerosLike(saved[0] as tf.Tensor),
      }
    },
  })
}
