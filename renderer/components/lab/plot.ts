import UPlot from 'uplot'
import {
  levelLabel,
  rangeOf,
  type MarkShape,
  type Plotted,
  type PlotPoint,
  type PlotSeries,
} from '../../presentation/plotted'

interface PlotWords {
  /** Names of the axes; empty: none. */
  readonly x: string
  readonly y: (value: number) => string
}

const TEXT = '#a3adba'
/** What the plot lies on; a canvas knows no custom properties. */
const BACKGROUND = '#0a0c0f'
const GRID = '#20262e'
const FONT = '13px Inter, sans-serif'
const NEAREST_PX = 24
const LINE_PX = 16
const MARK_PX = 5

interface Placed {
  readonly point: PlotPoint
  readonly series: PlotSeries
}

/** Series as lines with marks over uPlot's axes; tells which keyed point is under the mouse and which is clicked. */
export class Plot {
  private readonly plot: UPlot
  private plotted: Plotted = { series: [], levels: [], chosen: null }

  constructor(
    host: HTMLElement,
    words: PlotWords,
    tell: { hover?: (key: string | null) => void; pick?: (key: string) => void } = {},
  ) {
    const axis = { stroke: TEXT, grid: { stroke: GRID, width: 1 }, ticks: { show: false }, font: FONT }
    const named = words.x === '' ? {} : { label: words.x, labelFont: FONT, labelSize: 22, labelGap: 2 }
    this.plot = new UPlot(
      {
        width: Math.max(80, host.clientWidth),
        height: Math.max(60, host.clientHeight),
        padding: [10, 16, 0, 0],
        cursor: { show: true, x: false, y: false, points: { show: false }, drag: { x: false, y: false } },
        scales: {
          x: { time: false, range: () => rangeOf(this.plotted, 'x') },
          y: { range: () => rangeOf(this.plotted, 'y') },
        },
        axes: [
          { ...axis, size: 28, gap: 6, space: 60, ...named },
          { ...axis, size: 54, gap: 4, space: 26, values: (_, ticks) => ticks.map(words.y) },
        ],
        series: [{}, { stroke: 'transparent', points: { show: false } }],
        hooks: { draw: [() => this.draw()] },
      },
      [[], []],
      host,
    )
    const { over } = this.plot
    over.addEventListener('mousemove', (event) => tell.hover?.(this.nearest(event)))
    over.addEventListener('mouseleave', () => tell.hover?.(null))
    over.addEventListener('click', (event) => {
      const key = this.nearest(event)
      if (key !== null) tell.pick?.(key)
    })
  }

  show(plotted: Plotted): void {
    this.plotted = plotted
    const points = plotted.series.flatMap((series) => series.points)
    this.plot.setData([points.map(({ x }) => x).sort((a, b) => a - b), points.map(({ y }) => y)])
  }

  resize(width: number, height: number): void {
    if (width > 0 && height > 0) this.plot.setSize({ width, height })
  }

  destroy(): void {
    this.plot.destroy()
  }

  private nearest({ offsetX, offsetY }: MouseEvent): string | null {
    let best: string | null = null
    let least = NEAREST_PX
    for (const { point } of this.placed()) {
      if (point.key === undefined) continue
      const x = this.plot.valToPos(point.x, 'x') - offsetX
      const distance = Math.hypot(x, this.plot.valToPos(point.y, 'y') - offsetY)
      if (distance < least) [best, least] = [point.key, distance]
    }
    return best
  }

  private placed(): Placed[] {
    return this.plotted.series.flatMap((series) => series.points.map((point) => ({ series, point })))
  }

  private draw(): void {
    const { ctx, bbox } = this.plot
    ctx.save()
    ctx.beginPath()
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
    ctx.clip()
    for (const level of this.plotted.levels) this.drawLevel(level)
    const faintFirst = [...this.plotted.series].sort((a, b) => Number(b.faint) - Number(a.faint))
    for (const series of faintFirst) this.drawLine(series)
    for (const placed of this.placed()) if (placed.series.shape) this.drawMark(placed, placed.series.shape)
    for (const level of this.plotted.levels) this.drawLevelName(level)
    ctx.restore()
  }

  private at({ x, y }: { x: number; y: number }): [number, number] {
    return [this.plot.valToPos(x, 'x', true), this.plot.valToPos(y, 'y', true)]
  }

  private drawLevel({ at, along }: Plotted['levels'][number]): void {
    const { ctx, bbox } = this.plot
    const ratio = devicePixelRatio
    const place = this.plot.valToPos(at, along, true)
    ctx.strokeStyle = TEXT
    ctx.lineWidth = ratio
    ctx.setLineDash([4 * ratio, 4 * ratio])
    ctx.beginPath()
    if (along === 'y') {
      ctx.moveTo(bbox.left, place)
      ctx.lineTo(bbox.left + bbox.width, place)
    } else {
      ctx.moveTo(place, bbox.top)
      ctx.lineTo(place, bbox.top + bbox.height)
    }
    ctx.stroke()
    ctx.setLineDash([])
  }

  /** Over the lines, with a rim, so that it can be read where it crosses them. */
  private drawLevelName({ at, along, name }: Plotted['levels'][number]): void {
    const { ctx, bbox } = this.plot
    const ratio = devicePixelRatio
    const place = this.plot.valToPos(at, along, true)
    const label = levelLabel({ place, along }, bbox, LINE_PX * ratio)
    ctx.font = `${13 * ratio}px Inter, sans-serif`
    // uPlot leaves its own alignment behind.
    ctx.textBaseline = 'alphabetic'
    ctx.textAlign = label.align
    ctx.lineJoin = 'round'
    ctx.strokeStyle = BACKGROUND
    ctx.lineWidth = 4 * ratio
    ctx.strokeText(name, label.x, label.y)
    ctx.fillStyle = TEXT
    ctx.fillText(name, label.x, label.y)
  }

  private drawLine({ points, colour, faint }: PlotSeries): void {
    const { ctx } = this.plot
    ctx.strokeStyle = colour
    ctx.lineWidth = (faint ? 1 : 1.75) * devicePixelRatio
    ctx.lineJoin = 'round'
    ctx.beginPath()
    points.forEach((point, i) => (i === 0 ? ctx.moveTo(...this.at(point)) : ctx.lineTo(...this.at(point))))
    ctx.stroke()
    const [only] = points
    if (!only || points.length > 1) return
    outline(ctx, 'circle', { ...position(this.at(only)), radius: 2.5 * devicePixelRatio })
    ctx.fillStyle = colour
    ctx.fill()
  }

  private drawMark({ point, series }: Placed, shape: MarkShape): void {
    const { ctx } = this.plot
    const ratio = devicePixelRatio
    const [x, y] = this.at(point)
    if (point.spread) {
      ctx.strokeStyle = series.colour
      ctx.lineWidth = ratio
      ctx.beginPath()
      ctx.moveTo(...this.at({ x: point.x, y: point.y - point.spread }))
      ctx.lineTo(...this.at({ x: point.x, y: point.y + point.spread }))
      ctx.stroke()
    }
    const chosen = point.key !== undefined && point.key === this.plotted.chosen
    outline(ctx, shape, { x, y, radius: (chosen ? MARK_PX + 2 : MARK_PX) * ratio })
    ctx.fillStyle = series.colour
    ctx.fill()
    if (!chosen) return
    ctx.strokeStyle = '#fff'
    ctx.lineWidth = 2 * ratio
    ctx.stroke()
  }
}

const position = ([x, y]: [number, number]) => ({ x, y })

function outline(
  ctx: CanvasRenderingContext2D,
  shape: MarkShape,
  { x, y, radius }: { x: number; y: number; radius: number },
): void {
  ctx.beginPath()
  if (shape === 'circle') ctx.arc(x, y, radius, 0, 2 * Math.PI)
  else {
    const corners = { square: 4, diamond: 4, triangle: 3 }[shape]
    const turn = shape === 'square' ? Math.PI / 4 : -Math.PI / 2
    const reach = radius * 1.25
    for (let i = 0; i < corners; i++) {
      const angle = turn + (2 * Math.PI * i) / corners
      ctx.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle))
    }
  }
  ctx.closePath()
}
