import { MODEL_SIZE, type ModelInput } from '../../../contract'
import { blurredLevels } from '../blurredLevels'
import { orderStatistic } from '../orderStatistic'

/** The rectangle of the film inside the model's square, in model pixels. */
export type Box = ModelInput['record']['box']

export interface ZonePicture {
  /** Levels 0 … 255, row-major [128 · 128]. */
  readonly pixels: Uint8Array
  readonly box: Box
}

export const SIDE = MODEL_SIZE

/** Standard deviation of the neighbourhood in which contrast is judged, in model pixels. */
const NEIGHBOURHOOD = 14
/** Levels: a neighbourhood as even as this counts as even, whatever its noise. */
const LEAST_CONTRAST = 10
const CLIP = 2

/**
 * Local contrast: (blurred − mean of the neighbourhood) / its standard deviation, clipped to ±2, so that a washed-out
 * bedside film and a crisp one have edges of one height.
 */
export function localContrast(pixels: Uint8Array): Float32Array {
  const smooth = blurredLevels(pixels, SIDE, 1)
  const mean = blurredLevels(smooth, SIDE, NEIGHBOURHOOD)
  const squares = Float32Array.from(smooth, (value, i) => (value - (mean[i] ?? 0)) ** 2)
  // Levels again, because the blur works on levels: standard deviations up to 127 fit.
  const spread = blurredLevels(
    Uint8Array.from(squares, (value) => Math.min(255, Math.sqrt(value) * 2)),
    SIDE,
    NEIGHBOURHOOD,
  )
  return Float32Array.from(smooth, (value, i) => {
    const deviation = Math.max(LEAST_CONTRAST, (spread[i] ?? 0) / 2)
    return Math.min(CLIP, Math.max(-CLIP, (value - (mean[i] ?? 0)) / deviation))
  })
}

/** Blurred levels, 0 at the film's 10th percentile and 1 at its 90th. */
export function brightness({ pixels, box }: ZonePicture): Float32Array {
  const smooth = blurredLevels(pixels, SIDE, 2)
  const film: number[] = []
  for (let y = box.y; y < box.y + box.height; y++)
    for (let x = box.x; x < box.x + box.width; x++) film.push(smooth[y * SIDE + x] ?? 0)
  const values = Float32Array.from(film)
  const percentile = (share: number) => orderStatistic(values, Math.round(share * (values.length - 1)))
  const [low, high] = [percentile(0.1), percentile(0.9)]
  return Float32Array.from(smooth, (level) => (level - low) / Math.max(1, high - low))
}

/** Value between pixel centres, bilinear; beyond the edge that of the edge. */
export function sample(values: Float32Array, x: number, y: number): number {
  const [u, v] = [clamp(x - 0.5), clamp(y - 0.5)]
  const [column, row] = [Math.min(SIDE - 2, Math.floor(u)), Math.min(SIDE - 2, Math.floor(v))]
  const [a, b] = [u - column, v - row]
  const index = row * SIDE + column
  const upper = (values[index] ?? 0) * (1 - a) + (values[index + 1] ?? 0) * a
  const lower = (values[index + SIDE] ?? 0) * (1 - a) + (values[index + SIDE + 1] ?? 0) * a
  return upper * (1 - b) + lower * b
}

function clamp(value: number): number {
  return Math.min(SIDE - 1, Math.max(0, value))
}
