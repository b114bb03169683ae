import * as tf from '@tensorflow/tfjs-core'

interface ConvAttributes {
  readonly strides: [number, number]
  readonly pad: 'valid' | 'same' | number
}

/**
 * Registers the gradient that TensorFlow.js 4.22 lacks for differentiating a convolution network twice:
 * dW = backpropFilter(x, dy) is bilinear, so with a cotangent v of W's shape
 * ∂⟨dW, v⟩/∂x = backpropInput(dy, v) and ∂⟨dW, v⟩/∂dy = conv(x, v). Runs once; a registration of the library's own stays.
 */
export function registerSecondOrderGradients(): void {
  if (tf.getGradient(tf.Conv2DBackpropFilter)) return
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
