import type { SampleGrid } from '../../../contract'
import type { ColourPicture } from '../greyPicture'

const COLUMNS = 8
const GAP = 2
/** Small pictures are shown in cells of at least this many pixels, each pixel a square. */
const SMALLEST_CELL = 64
const BACKGROUND = 96

/** Each original above its simplified twin (condensed pictures alone), pixels enlarged to squares. */
export function contactSheet({ size, channels, count, originals, pictures }: SampleGrid): ColourPicture {
  const scale = Math.max(1, Math.ceil(SMALLEST_CELL / size))
  const cell = size * scale
  const bands = originals ? [originals, pictures] : [pictures]
  const columns = Math.min(COLUMNS, count)
  const rows = Math.ceil(count / columns)
  const band = bands.length * cell + 2 * GAP
  const width = columns * (cell + GAP) + GAP
  const height = rows * band + GAP
  const rgb = new Uint8Array(width * height * 3).fill(BACKGROUND)
  bands.forEach((levels, line) => {
    for (let i = 0; i < count; i++) {
      const left = GAP + (i % columns) * (cell + GAP)
      const top = GAP + Math.floor(i / columns) * band + line * cell
      for (let y = 0; y < cell; y++)
        for (let x = 0; x < cell; x++) {
          const pixel = (Math.floor(y / scale) * size + Math.floor(x / scale)) * channels
          const source = i * size * size * channels + pixel
          const target = ((top + y) * width + left + x) * 3
          for (let c = 0; c < 3; c++) rgb[target + c] = levels[source + (channels === 3 ? c : 0)] ?? 0
        }
    }
  })
  return { width, height, rgb }
}
