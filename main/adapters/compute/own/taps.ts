import * as tf from '@tensorflow/tfjs-core'

export interface TappedLayer {
  readonly name: string
  readonly parameters: number
}

/**
 * Listens at the entrances of a loaded model's layers while it runs: keeps what enters, and adds an offset where one is
 * asked for. Layers are told apart by the order in which they are entered, which is the same in every run.
 */
export class Taps {
  private offsets: readonly (tf.Tensor | undefined)[] = []
  private seen: tf.Tensor[] = []
  private readonly entered: TappedLayer[] = []

  /** Called by the model at a layer's entrance: what the layer gets instead of x. */
  enter(layer: TappedLayer, x: tf.Tensor): tf.Tensor {
    const place = this.seen.length
    this.entered[place] ??= layer
    // The libraries clear up behind themselves: what is kept here outlives their scopes until `during` hands it on.
    this.seen.push(tf.keep(tf.clone(x)))
    const offset = this.offsets[place]
    return offset ? tf.add(x, offset) : tf.clone(x)
  }

  /** Layers in the order of the forward pass; known after the first run. */
  layers(): readonly TappedLayer[] {
    return this.entered
  }

  /** Runs the model; what entered its layers comes back in the caller's scope, on the gradient's tape like everything else. */
  during(
    run: () => tf.Tensor,
    offsets: readonly (tf.Tensor | undefined)[] = [],
  ): { output: tf.Tensor; inputs: tf.Tensor[] } {
    this.offsets = offsets
    this.seen = []
    try {
      const output = run()
      return { output, inputs: this.seen.map((kept) => tf.clone(kept)) }
    } finally {
      tf.dispose(this.seen)
      this.offsets = []
      this.seen = []
    }
  }
}
