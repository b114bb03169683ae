import type { SampleGrid } from '../../contract'

/** One picture of a grid as RGBA: grey levels three times, colours as they are. */
export function rgbaOf(
  pictures: Uint8Array,
  { size, channels }: Pick<SampleGrid, 'size' | 'channels'>,
  index: number,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = size * size
  const rgba = new Uint8ClampedArray(4 * pixels)
  const start = index * pixels * channels
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let colour = 0; colour < 3; colour++)
      rgba[4 * pixel + colour] = pictures[start + pixel * channels + (channels === 3 ? colour : 0)] ?? 0
    rgba[4 * pixel + 3] = 255
  }
  return rgba
}
