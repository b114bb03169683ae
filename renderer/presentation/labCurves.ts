import type { CurvePoint } from '../../contract'
import type { Plotted, PlotSeries } from './plotted'

export type CurveName = 'loss' | 'accuracy' | 'auc' | 'bpd'

const ACCENT = '#6cb8ff'
const GREY = '#5b6675'
/** More points than a curve has pixels are not seen. */
const MOST_POINTS = 600

/** One curve of every cell: the current one bright, the others grey. The closing test is no step of a training. */
export function curvesOf(
  points: ReadonlyMap<string, readonly CurvePoint[]>,
  curve: CurveName,
  current: string | null,
): Plotted {
  const series = [...points].map(([cell, all]): PlotSeries => {
    const drawn = all.flatMap((point) => {
      const y = point[curve]
      return y === null || point.phase === 'evaluation' ? [] : [{ x: point.step, y }]
    })
    const faint = cell !== current
    return { name: cell, colour: faint ? GREY : ACCENT, shape: null, faint, points: thinned(drawn) }
  })
  return { series: series.filter((one) => one.points.length > 0), levels: [], chosen: null }
}

function thinned<T>(points: readonly T[]): readonly T[] {
  const every = Math.ceil(points.length / MOST_POINTS)
  return every <= 1 ? points : points.filter((_, i) => i % every === 0 || i === points.length - 1)
}

/** The latest value of a curve in a cell's training; null where it has none yet. */
export function latestOf(points: readonly CurvePoint[] | undefined, curve: CurveName): number | null {
  const steps = points?.filter(({ phase }) => phase !== 'evaluation') ?? []
  const values = steps.map((point) => point[curve]).filter((value) => value !== null)
  return values.at(-1) ?? null
}

/** The cell that began last, null before the first. */
export function currentCell(points: ReadonlyMap<string, readonly CurvePoint[]>): string | null {
  return [...points.keys()].at(-1) ?? null
}
