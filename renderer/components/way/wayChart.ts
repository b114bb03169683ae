import UPlot from 'uplot'
import { bitsRange, curvePoints, type CurveName, type CurvePoint, type WaySource } from '../../presentation/wayStops'

export interface ShownCurve {
  readonly source: WaySource
  readonly curve: CurveName
  readonly threshold: number
  readonly currentFrame: number | null
  readonly chosenFrame: number | null
}

interface Level {
  readonly level: number
  readonly name: string
  readonly colour: string
  readonly side: 'above' | 'below'
}

const TEXT = '#a3adba'
const GRID = '#20262e'
const ACCENT = '#6cb8ff'
const RED = '#ff7b72'
const AMBER = '#f4bb53'
const PANEL = '#101317'
const FONT = '13px Inter, sans-serif'
const NEAREST_PX = 40
/** Room that the name of a line needs above or below it. */
const NAME_ROOM_PX = 18

/** The curve bits ↔ probability as dots; a click picks the nearest stop that has a picture. */
export class WayChart {
  private readonly plot: UPlot
  private points: readonly CurvePoint[] = []
  private shown: ShownCurve | null = null

  constructor(host: HTMLElement, pick: (frame: number) => void) {
    const axis = { stroke: TEXT, grid: { stroke: GRID, width: 1 }, ticks: { show: false }, font: FONT }
    const options: UPlot.Options = {
      width: Math.max(80, host.clientWidth),
      height: Math.max(60, host.clientHeight),
      padding: [8, 24, 0, 0],
      cursor: { show: true, x: false, y: false, points: { show: false }, drag: { x: false, y: false } },
      scales: {
        // As in the strip beside it: the film on the left, fewer bits to the right.
        x: { time: false, dir: -1, range: () => bitsRange(this.points) },
        y: { range: (_, __, high) => this.yRange(high) },
      },
      axes: [
        { ...axis, size: 30, gap: 8, values: (_, ticks) => ticks.map((tick) => `${tick} %`) },
        { ...axis, size: 46, gap: 4, space: 26, values: (_, ticks) => ticks.map((tick) => this.yWords(tick)) },
      ],
      series: [{}, { stroke: 'transparent', points: { show: false } }],
      hooks: { draw: [(plot) => this.draw(plot)] },
    }
    this.plot = new UPlot(options, [[], []], host)
    this.plot.over.addEventListener('click', (event) => {
      const nearest = this.nearest(event.offsetX, event.offsetY)
      if (nearest?.frame != null) pick(nearest.frame)
    })
  }

  show(shown: ShownCurve): void {
    this.shown = shown
    this.points = curvePoints(shown.source, shown.curve)
    this.plot.setData([this.points.map((point) => point.x), this.points.map((point) => point.y)])
  }

  resize(width: number, height: number): void {
    if (width > 0 && height > 0) this.plot.setSize({ width, height })
  }

  destroy(): void {
    this.plot.destroy()
  }

  private yRange(high: number): [number, number] {
    return this.shown?.curve === 'matchingDistance' ? [0, Math.max(0.05, high * 1.1)] : [0, 1]
  }

  private yWords(tick: number): string {
    return this.shown?.curve === 'matchingDistance' ? String(tick) : `${Math.round(tick * 100)} %`
  }

  private nearest(x: number, y: number): CurvePoint | null {
    let best: CurvePoint | null = null
    let least = NEAREST_PX
    for (const point of this.points) {
      if (point.frame === null) continue
      const distance = Math.hypot(this.plot.valToPos(point.x, 'x') - x, this.plot.valToPos(point.y, 'y') - y)
      if (distance < least) [best, least] = [point, distance]
    }
    return best
  }

  private draw(plot: UPlot): void {
    const { ctx, bbox } = plot
    ctx.save()
    ctx.beginPath()
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
    ctx.clip()
    const levels = this.levels()
    for (const level of levels) this.drawLevel(level)
    for (const point of this.points) this.drawPoint(plot, point)
    this.drawNames(levels)
    ctx.restore()
  }

  /** The film's figure and, of probabilities, the threshold; the higher one named above its line, the lower one below. */
  private levels(): readonly Level[] {
    if (!this.shown) return []
    const own = this.shown.source.original.matchingDistance
    if (this.shown.curve === 'matchingDistance')
      return own === undefined ? [] : [{ level: own, name: 'film', colour: TEXT, side: 'above' }]
    const { threshold, source } = this.shown
    const film = source.original.probability
    const [filmSide, thresholdSide] = film >= threshold ? (['above', 'below'] as const) : (['below', 'above'] as const)
    return [
      { level: threshold, name: 'threshold', colour: AMBER, side: thresholdSide },
      { level: film, name: 'film', colour: TEXT, side: filmSide },
    ]
  }

  /** A dashed line across the plot. */
  private drawLevel({ level, colour }: Level): void {
    const { ctx, bbox } = this.plot
    const ratio = devicePixelRatio
    const right = bbox.left + bbox.width
    const y = this.plot.valToPos(level, 'y', true)
    ctx.strokeStyle = colour
    ctx.lineWidth = ratio
    ctx.setLineDash([4 * ratio, 4 * ratio])
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(right, y)
    ctx.stroke()
    ctx.setLineDash([])
  }

  /**
   * The names of lines at their left ends, where the way begins and points are few; readable over points, too. A name for which
   * there is no room below its line stands above it, and behind the other one's where that is near.
   */
  private drawNames(levels: readonly Level[]): void {
    const { ctx, bbox } = this.plot
    const ratio = devicePixelRatio
    const room = NAME_ROOM_PX * ratio
    ctx.font = `${13 * ratio}px Inter, sans-serif`
    ctx.textAlign = 'left'
    ctx.lineJoin = 'round'
    ctx.lineWidth = 4 * ratio
    ctx.strokeStyle = PANEL
    const names: { readonly y: number; readonly end: number }[] = []
    for (const { level, name, colour, side } of levels) {
      const line = this.plot.valToPos(level, 'y', true)
      const isAbove = side === 'above' || bbox.top + bbox.height - line < room
      const y = line + (isAbove ? -5 : 6) * ratio
      const x = Math.max(bbox.left, ...names.filter((other) => Math.abs(other.y - y) < room).map(({ end }) => end))
      ctx.textBaseline = isAbove ? 'alphabetic' : 'top'
      ctx.strokeText(name, x + 4 * ratio, y)
      ctx.fillStyle = colour
      ctx.fillText(name, x + 4 * ratio, y)
      names.push({ y, end: x + 4 * ratio + ctx.measureText(name).width })
    }
  }

  private drawPoint(plot: UPlot, point: CurvePoint): void {
    const { ctx } = plot
    const ratio = devicePixelRatio
    const isCurrent = point.frame !== null && point.frame === this.shown?.currentFrame
    const isChosen = point.frame !== null && point.frame === this.shown?.chosenFrame
    const x = plot.valToPos(point.x, 'x', true)
    const y = plot.valToPos(point.y, 'y', true)
    const radius = (isCurrent || isChosen ? 5 : point.frame === null ? 2 : 3) * ratio
    ctx.beginPath()
    if (isChosen) {
      ctx.moveTo(x, y - radius * 1.5)
      ctx.lineTo(x + radius * 1.5, y)
      ctx.lineTo(x, y + radius * 1.5)
      ctx.lineTo(x - radius * 1.5, y)
      ctx.closePath()
    } else {
      ctx.arc(x, y, radius, 0, 2 * Math.PI)
    }
    ctx.fillStyle = point.kept ? ACCENT : RED
    ctx.globalAlpha = point.frame === null ? 0.6 : 1
    ctx.fill()
    ctx.globalAlpha = 1
    if (isCurrent) {
      ctx.strokeStyle = '#fff'
      ctx.lineWidth = 2 * ratio
      ctx.stroke()
    }
  }
}
