/** Ends of the stored grey of an 8-bit film: every value stands for the grey within ½ of it. */
const DARKEST = -0.5
const BRIGHTEST = 255.5

/** The stored greys that become level 0 and level 255: `model-input/1`. */
export interface GreyWindow {
  readonly low: number
  readonly high: number
}

/** Levels that the window makes of one stored grey: above 1 it makes grey steps finer, below 1 coarser. */
export const stretchOf = ({ low, high }: GreyWindow): number => 255 / (high - low)

/**
 * From bits of a windowed 8-bit picture to bits in stored grey levels, by change of variables.
 *
 * Level k stands for the stored greys v whose 255·(v − low)/(high − low) rounds to k: 1/stretch greys. Spread evenly over
 * them, −log2 p(v) = −log2 P(k) − log2 stretch. Levels 0 and 255 also stand for all grey that the window cut off, which
 * nobody can tell apart any more: such a pixel is charged for the whole stored range that it may come from, and for one grey
 * at least. So the result is the cost of a true density over stored grey, never of less.
 *
 * @param levels of an 8-bit film, each from the film (no letterbox)
 * @returns bits to add to those of the picture (negative where the window stretches), and how many pixels are at level 0 or 255
 */
export function storedGreyBits(levels: Uint8Array, window: GreyWindow): { added: number; cutOff: number } {
  const step = 1 / stretchOf(window)
  const dark = Math.log2(Math.max(1, step, window.low + step / 2 - DARKEST))
  const bright = Math.log2(Math.max(1, step, BRIGHTEST - (window.high - step / 2)))
  const count = { dark: 0, bright: 0 }
  for (const level of levels) {
    if (level === 0) count.dark++
    else if (level === 255) count.bright++
  }
  const cutOff = count.dark + count.bright
  return { added: (levels.length - cutOff) * Math.log2(step) + count.dark * dark + count.bright * bright, cutOff }
}

/**
 * Stored 8-bit greys with uniform noise of one grey, through the window held open: neither rounded nor cut off, so that the
 * map is one to one and −log2 p(v) = −log2 p(level) − log2 stretch for each value, without exception.
 *
 * @param stored greys, row-major
 * @param noise one in [0, 1) a value
 * @returns levels / 255, as a flow takes a picture to which its noise is already added: grey v becomes the middle of the
 * level that `model-input/1` gives it
 */
export function throughOpenWindow(stored: Uint8Array, noise: Float32Array, window: GreyWindow): Float32Array {
  const stretch = stretchOf(window)
  return Float32Array.from(stored, (grey, i) => {
    const value = grey - 0.5 + (noise[i] ?? 0)
    return ((value - window.low) * stretch + 0.5) / 255
  })
}
