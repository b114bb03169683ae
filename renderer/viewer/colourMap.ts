import { interpolateLab } from 'd3-interpolate'
import { interpolateInferno } from 'd3-scale-chromatic'
import { bitScale, COLOUR_STEPS, type BitScale } from '../../contract/shared'

export type ColourMapName = 'sequential' | 'diverging'

/** Dark at zero, blue below, amber above, lightness even in CIELAB on both arms: equal steps of bits look equally large. */
const below = interpolateLab('rgb(150, 205, 255)', 'rgb(18, 20, 26)')
const above = interpolateLab('rgb(18, 20, 26)', 'rgb(255, 196, 110)')

const colourAt: Record<ColourMapName, (t: number) => string> = {
  sequential: interpolateInferno,
  diverging: (t) => (t < 0.5 ? below(t * 2) : above(t * 2 - 1)),
}

/** The table as little-endian RGBA words, 256 steps. */
export function colourTable(name: ColourMapName): Uint32Array {
  return Uint32Array.from({ length: COLOUR_STEPS }, (_, i) => wordOf(colourAt[name](i / (COLOUR_STEPS - 1))))
}

/** The colours as a CSS gradient from left to right, for the colour bar. */
export function colourGradient(name: ColourMapName): string {
  const stops = Array.from({ length: 17 }, (_, i) => colourAt[name](i / 16))
  return `linear-gradient(to right, ${stops.join(', ')})`
}

function wordOf(colour: string): number {
  const hex = /^#(..)(..)(..)$/.exec(colour)
  const parts = hex ? hex.slice(1).map((part) => parseInt(part, 16)) : (colour.match(/[\d.]+/g) ?? []).map(Number)
  const [red = 0, green = 0, blue = 0] = parts
  return ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0
}

/** Symmetric range around zero for the signed difference original − counterpart. */
export function signedRangeOf(map: Float32Array): BitScale {
  const { low, high } = bitScale(map)
  const reach = Math.max(-low, high)
  return { low: -reach, high: reach }
}

/** The few strongest pixels may lie outside the colours. */
const STRONGEST = 0.995

/** From zero, or evenly around it, to the 99.5 % strongest value. */
export function strengthRange(map: Float32Array, signed: boolean): BitScale {
  const strengths = map.map(Math.abs).sort()
  const high = Math.max(strengths[Math.round(STRONGEST * (strengths.length - 1))] ?? 0, strengths.at(-1) ? 1e-6 : 1)
  return { low: signed ? -high : 0, high }
}

/** About as wide as a digit of a scale's small print, in pixels; between two ticks stands at least one. */
const DIGIT_PX = 8

/**
 * The ticks that can be read beside each other below a scale so many pixels wide: both ends first, of which the higher
 * one says more, then from the middle outwards.
 *
 * @param written what stands at a tick
 */
export function readableTicks(
  ticks: readonly number[],
  { low, high }: BitScale,
  { width, written }: { readonly width: number; readonly written: (tick: number) => string },
): number[] {
  const place = (tick: number) => {
    const half = (DIGIT_PX * (written(tick).length + 1)) / 2
    const at = (width * (tick - low)) / (high - low)
    // What stands at an end is moved inwards.
    const middle = Math.min(Math.max(at, half), width - half)
    return { from: middle - half, to: middle + half }
  }
  const centre = (low + high) / 2
  const isEnd = (tick: number) => tick === ticks[0] || tick === ticks.at(-1)
  const byWorth = [...ticks]
    .reverse()
    .sort((a, b) => Number(isEnd(b)) - Number(isEnd(a)) || Math.abs(a - centre) - Math.abs(b - centre))
  const kept: number[] = []
  for (const tick of byWorth) {
    const own = place(tick)
    const isFree = kept.map(place).every((other) => own.to <= other.from || own.from >= other.to)
    if (isFree) kept.push(tick)
  }
  return kept.sort((a, b) => a - b)
}

/** Round tick values inside a range: steps of 1, 2 or 5 times a power of ten. */
export function ticksOf({ low, high }: BitScale, wanted = 5): number[] {
  const rough = (high - low) / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough
  const ticks: number[] = []
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++)
    ticks.push(Number((i * step).toFixed(6)))
  return ticks
}
