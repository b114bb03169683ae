import { MODEL_SIZE, type Film, type FilmHeader, type ModelInput, type ModelInputRecord } from '../../contract'
import { areaAverage } from './areaAverage'
import { orderStatistic } from './orderStatistic'

/** Share of the film's width and height, centred, in which the window is measured: collimator edges lie outside. */
const CENTRAL_SHARE = 0.8
const LOW_PERCENTILE = 0.01
const HIGH_PERCENTILE = 0.99
/** Grey kept free on either side of those percentiles, as a share of their distance: markers, metal and air are not clipped. */
const HEADROOM = 0.3

/**
 * What the model sees, version `model-input/1`: the one function between a film and flow or classifier, in training and audit alike.
 *
 * modality value → (MONOCHROME1: negate) → square by letterbox → area average to 128 × 128 →
 * one linear window, the 1st to the 99th percentile of the central 80 % of the film widened by 30 % on either side →
 * round to levels 0 … 255. The percentiles become levels 48 and 207, about where an unprocessed radiograph has them.
 *
 * The window is linear, so it commutes with the average; measuring it on the averaged picture makes it the same for
 * a 256-pixel and a 3000-pixel version of one film. Outside the film the square is black (level 0).
 *
 * @returns levels row-major [128 · 128] and the record of what was done
 */
export function modelInput(film: Film): ModelInput {
  const { header, pixels } = film
  const inverted = header.photometric === 'MONOCHROME1'
  const values = scaledValues(header, pixels, inverted)
  const grid = letterbox(values, header)
  const { low, high, pixels: levels } = windowToLevels(grid.values, grid.box)
  const shift = inverted ? -header.intercept : header.intercept
  const record: ModelInputRecord = {
    version: 'model-input/1',
    low: low + shift,
    high: high + shift,
    inverted,
    box: grid.box,
  }
  return { record, pixels: levels }
}

/**
 * The last part of `modelInput`, which training uses on moved films too: window, rounding, letterbox.
 *
 * @param values averaged film, row-major [box.height · box.width]
 * @returns levels row-major [128 · 128] and the window's ends
 */
export function windowToLevels(
  values: Float32Array,
  box: ModelInputRecord['box'],
): { low: number; high: number; pixels: Uint8Array } {
  const { low, high } = robustWindow(values, box)
  return { low, high, pixels: applyWindow({ values, box }, low, high) }
}

interface Grid {
  readonly values: Float32Array
  readonly box: ModelInputRecord['box']
}

/**
 * Modality values less the intercept, which the window takes out again: beside a large one, 32 bits would not hold the steps of a
 * small slope.
 */
function scaledValues(header: FilmHeader, pixels: Film['pixels'], inverted: boolean): Float32Array {
  const scale = inverted ? -header.slope : header.slope
  const values = new Float32Array(pixels.length)
  const [padLow, padHigh] = header.padding ?? [1, 0]
  let darkest = Infinity
  for (let i = 0; i < pixels.length; i++) {
    const stored = pixels[i] ?? 0
    const value = stored * scale
    values[i] = value
    if ((stored < padLow || stored > padHigh) && value < darkest) darkest = value
  }
  if (padLow <= padHigh) fillPadding(values, pixels, { padLow, padHigh, fill: darkest })
  return values
}

/** Padding is not anatomy: it takes the darkest real value (DICOM PS3.3 C.7.5.1.1.2). */
function fillPadding(
  values: Float32Array,
  pixels: Film['pixels'],
  range: { padLow: number; padHigh: number; fill: number },
): void {
  const fill = Number.isFinite(range.fill) ? range.fill : 0
  for (let i = 0; i < pixels.length; i++) {
    const stored = pixels[i] ?? 0
    if (stored >= range.padLow && stored <= range.padHigh) values[i] = fill
  }
}

function letterbox(values: Float32Array, header: FilmHeader): Grid {
  const physicalHeight = header.height * header.pixelAspect
  const longest = Math.max(header.width, physicalHeight)
  const width = Math.max(1, Math.round((header.width / longest) * MODEL_SIZE))
  const height = Math.max(1, Math.round((physicalHeight / longest) * MODEL_SIZE))
  const box = { x: Math.floor((MODEL_SIZE - width) / 2), y: Math.floor((MODEL_SIZE - height) / 2), width, height }
  return { values: areaAverage(values, { width: header.width, height: header.height }, { width, height }), box }
}

/**
 * The modality values that become level 0 and level 255: 1st and 99th percentile of the central 80 % of the averaged film,
 * with headroom. A film of one grey gets a window of width 1.6.
 */
export function robustWindow(
  values: Float32Array,
  box: { width: number; height: number },
): { low: number; high: number } {
  const marginX = Math.floor((box.width * (1 - CENTRAL_SHARE)) / 2)
  const marginY = Math.floor((box.height * (1 - CENTRAL_SHARE)) / 2)
  const columns = box.width - 2 * marginX
  const central = new Float32Array(columns * (box.height - 2 * marginY))
  for (let row = 0; row * columns < central.length; row++) {
    const start = (row + marginY) * box.width + marginX
    central.set(values.subarray(start, start + columns), row * columns)
  }
  const at = (share: number) => orderStatistic(central, Math.round(share * (central.length - 1)))
  const dark = at(LOW_PERCENTILE)
  const bright = Math.max(at(HIGH_PERCENTILE), dark)
  const distance = bright > dark ? bright - dark : 1
  return { low: dark - HEADROOM * distance, high: dark + (1 + HEADROOM) * distance }
}

function applyWindow(grid: Grid, low: number, high: number): Uint8Array {
  const { box, values } = grid
  const levels = new Uint8Array(MODEL_SIZE * MODEL_SIZE)
  const scale = 255 / (high - low)
  for (let y = 0; y < box.height; y++)
    for (let x = 0; x < box.width; x++) {
      const level = Math.round(((values[y * box.width + x] ?? low) - low) * scale)
      levels[(y + box.y) * MODEL_SIZE + x + box.x] = Math.min(255, Math.max(0, level))
    }
  return levels
}
