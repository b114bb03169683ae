import * as tf from '@tensorflow/tfjs-core'
import { scores, step, type Question, type StepControl } from './question'

const BATCH = 16

interface OcclusionSettings {
  /** Side of the square patch and distance between its places, in pixels of the model's picture. */
  readonly patch: number
  readonly stride: number
}

/** On 128 × 128 pixels: 225 places. */
const OCCLUSION: OcclusionSettings = { patch: 16, stride: 8 }

/** Passes of a batch that one map takes. */
export function occlusionPasses(size: number, settings = OCCLUSION): number {
  return Math.ceil(placesOf(size, settings).length ** 2 / BATCH)
}

/**
 * Occlusion (Zeiler & Fergus 2014): a patch of flat grey is moved over the film; a pixel's value is the mean fall of the score
 * over all places of the patch that cover it. Unit: change of the logit, towards the decision, when a patch around the pixel
 * is greyed; it does not add up over pixels.
 *
 * @returns [size²]
 * @throws Interrupted once cancelled
 */
export async function occlusion(question: Question, control: StepControl, settings = OCCLUSION): Promise<Float32Array> {
  const { size, film, flat } = question
  const { patch } = settings
  const along = placesOf(size, settings)
  const places = along.flatMap((row) => along.map((column) => ({ row, column })))
  const [levels, grey] = [film.dataSync(), flat.dataSync()[0] ?? 0]
  const [whole = NaN] = scores(question, film)
  const falls = new Float64Array(size * size)
  const covers = new Float64Array(size * size)
  for (let first = 0; first < places.length; first += BATCH) {
    const batch = places.slice(first, first + BATCH)
    const pictures = new Float32Array(batch.length * size * size)
    batch.forEach((place, i) => {
      const picture = pictures.subarray(i * size * size, (i + 1) * size * size)
      picture.set(levels)
      forPatch(size, { ...place, patch }, (index) => (picture[index] = grey))
    })
    const x = tf.tensor4d(pictures, [batch.length, size, size, 1])
    const found = scores(question, x)
    x.dispose()
    batch.forEach((place, i) =>
      forPatch(size, { ...place, patch }, (index) => {
        falls[index] = (falls[index] ?? 0) + whole - (found[i] ?? NaN)
        covers[index] = (covers[index] ?? 0) + 1
      }),
    )
    await step(control)
  }
  return Float32Array.from(falls, (fall, i) => fall / (covers[i] ?? 1))
}

/** Where a patch starts along one side: every `stride` pixels, and once flush with the far edge. */
function placesOf(size: number, { patch, stride }: OcclusionSettings): number[] {
  const last = size - patch
  const regular = Array.from({ length: Math.floor(last / stride) + 1 }, (_, i) => i * stride)
  return regular.at(-1) === last ? regular : [...regular, last]
}

function forPatch(
  size: number,
  { row, column, patch }: { row: number; column: number; patch: number },
  act: (index: number) => void,
): void {
  for (let y = row; y < row + patch; y++) for (let x = column; x < column + patch; x++) act(y * size + x)
}
