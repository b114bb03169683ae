export type MarkShape = 'circle' | 'square' | 'diamond' | 'triangle'

export interface PlotPoint {
  readonly x: number
  readonly y: number
  /** Names the point where it can be chosen. */
  readonly key?: string
  /** Standard deviation of y. */
  readonly spread?: number | null
}

export interface PlotSeries {
  readonly name: string
  readonly colour: string
  /** Marks at the points; null: a line alone. */
  readonly shape: MarkShape | null
  /** Drawn thin and behind the others. */
  readonly faint: boolean
  readonly points: readonly PlotPoint[]
}

/** What a plot shows: series, dashed levels across and up, and the chosen point. */
export interface Plotted {
  readonly series: readonly PlotSeries[]
  readonly levels: readonly { readonly at: number; readonly along: 'x' | 'y'; readonly name: string }[]
  readonly chosen: string | null
}

type Range = [number, number]

const MARGIN = 0.06

/** The range of one coordinate over everything plotted, with a margin; never empty. */
export function rangeOf({ series, levels }: Plotted, along: 'x' | 'y'): Range {
  const spread = (point: PlotPoint) => (along === 'y' ? (point.spread ?? 0) : 0)
  const ends = series.flatMap(({ points }) =>
    points.flatMap((point) => [point[along] - spread(point), point[along] + spread(point)]),
  )
  const shown = levels.filter((level) => level.along === along).map(({ at }) => at)
  const all = [...ends, ...shown].filter(Number.isFinite)
  if (all.length === 0) return [0, 1]
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const margin = high > low ? MARGIN * (high - low) : Math.max(0.01, Math.abs(high) * MARGIN)
  return [low - margin, high + margin]
}

interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * Where the name of a level is written so that it stays within the plot: under a level across, above it where there is no
 * room below; beside a level up, on its wider side.
 *
 * @param place where the level runs, in the units of `box`
 * @param line height of a line of text
 */
export function levelLabel(
  { place, along }: { place: number; along: 'x' | 'y' },
  { left, top, width, height }: Box,
  line: number,
): { x: number; y: number; align: 'left' | 'right' } {
  const gap = line / 3
  if (along === 'x') {
    const leftwards = place > left + width / 2
    return { x: leftwards ? place - gap : place + gap, y: top + height - gap, align: leftwards ? 'right' : 'left' }
  }
  const fits = place + line + gap <= top + height
  return { x: left + gap, y: fits ? place + line : place - gap, align: 'left' }
}
