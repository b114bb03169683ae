import * as tf from '@tensorflow/tfjs-core'

/** Pixels of the film that stay as they are: [1, size, size, 1], 1 where the film is kept, 0 where it may be simplified. */
export type KeptPixels = tf.Tensor4D

export function keptPixels(mask: Uint8Array, size: number): KeptPixels {
  if (mask.length !== size * size) throw new Error(`The mask has ${mask.length} pixels, the picture ${size * size}`)
  return tf.tidy(() =>
    tf.tensor4d(
      Float32Array.from(mask, (kept) => (kept ? 1 : 0)),
      [1, size, size, 1],
    ),
  )
}

/** What `withKept` needs as a list, for a compiled function's inputs; empty where nothing is kept. */
export function keptTensors({ film, kept }: { readonly film: tf.Tensor4D; readonly kept: KeptPixels | null }) {
  return kept ? [film, kept] : []
}

/**
 * m · film + (1 − m) · picture: the film where it is kept, the search's picture elsewhere; differentiable in the picture.
 *
 * @param restriction.kept null: nothing is kept, the picture is the search's own
 */
export function withKept(
  { film, kept }: { readonly film: tf.Tensor4D; readonly kept: KeptPixels | null },
  picture: tf.Tensor4D,
): tf.Tensor4D {
  if (!kept) return picture
  return tf.tidy(() => tf.add(tf.mul(kept, film), tf.mul(tf.sub(1, kept), picture))) as tf.Tensor4D
}

/** `withKept` with the tensors that `keptTensors` gave; none: the picture is the search's own. */
export function withKeptTensors([film, kept]: readonly tf.Tensor[], picture: tf.Tensor4D): tf.Tensor4D {
  return film && kept ? withKept({ film: film as tf.Tensor4D, kept: kept as tf.Tensor4D }, picture) : picture
}
