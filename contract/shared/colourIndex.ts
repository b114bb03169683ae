import type { BitScale } from './bitScale'

/** Colours in the table of a colour map. */
export const COLOUR_STEPS = 256

/** Index into a colour table of a number of bits per pixel; what lies outside the scale has the colour of its end. */
export function colourIndex(bits: number, { low, high }: BitScale): number {
  const share = (bits - low) / (high - low)
  return Math.min(COLOUR_STEPS - 1, Math.max(0, Math.round(share * (COLOUR_STEPS - 1))))
}
