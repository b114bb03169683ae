import UPlot from 'uplot'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { PathPoint } from '../../../contract'
import { WayChart, type ShownCurve } from '../../../renderer/components/way/wayChart'
import { bitsRange, curvePoints } from '../../../renderer/presentation/wayStops'

// The chart's library draws into a canvas; here it keeps what it was given, and one unit of an axis is one pixel.
vi.mock('uplot', () => ({
  default: vi.fn(function (this: object, options: UPlot.Options, data: unknown) {
    const place = { valToPos: (value: number, scale: string) => (scale === 'y' ? 100 * value : value) }
    Object.assign(this, { ...place, options, data, over: new EventTarget(), setData: vi.fn(), setSize: vi.fn() })
  }),
}))

const stop = (bits: number, probability: number, frame: number | null): PathPoint => ({
  ...{ step: 0, pressure: 1, bits, bpd: 1, aboveFlat: 0.1, probability, matchingDistance: probability / 2 },
  ...{ kl: 0, decisionKept: probability >= 0.5, seconds: 0, frame },
})
const shown: ShownCurve = {
  source: {
    original: { bits: 1000, bpd: 2, probability: 0.9, matchingDistance: 0.1 },
    points: [stop(600, 0.8, 0), stop(590, 0.75, null), stop(300, 0.7, 1), stop(200, 0.3, 2)],
  },
  ...{ curve: 'probability', threshold: 0.5, currentFrame: 1, chosenFrame: 1 },
}

const pick = vi.fn()
beforeEach(() => pick.mockClear())

function chart(changes: Partial<ShownCurve> = {}) {
  const made = new WayChart({ clientWidth: 400, clientHeight: 200 } as HTMLElement, pick)
  const plot = vi.mocked(UPlot).mock.instances.at(-1) as unknown as UPlot
  const { options, over, setData } = plot as unknown as {
    readonly options: UPlot.Options
    readonly over: EventTarget
    readonly setData: ReturnType<typeof vi.fn>
  }
  made.show({ ...shown, ...changes })
  const click = (offsetX: number, offsetY: number) =>
    over.dispatchEvent(Object.assign(new Event('click'), { offsetX, offsetY }))
  /** Where an axis begins and ends, of data that reach up to `high`. */
  const rangeOf = (axis: 'x' | 'y', high: number) => {
    const range = options.scales?.[axis]?.range
    return typeof range === 'function' ? range({} as UPlot, 0, high, axis) : null
  }
  return { options, plot, click, setData, rangeOf }
}

describe('the curve of the way', () => {
  it('has bits left to the one side and the probability, from 0 to all, to the other', () => {
    const { options, setData, rangeOf } = chart()
    expect(setData).toHaveBeenCalledWith([
      [20, 30, 59, 60, 100],
      [0.3, 0.7, 0.75, 0.8, 0.9],
    ])
    expect(options.scales?.['x']?.dir).toBe(-1)
    expect(rangeOf('x', 100)).toEqual(bitsRange(curvePoints(shown.source, 'probability')))
    expect(rangeOf('y', 0.9)).toEqual([0, 1])
  })

  it('of distances ends above the largest', () => {
    const { setData, rangeOf } = chart({ curve: 'matchingDistance' })
    expect(setData).toHaveBeenCalledWith([
      [20, 30, 59, 60, 100],
      [0.15, 0.35, 0.375, 0.4, 0.1],
    ])
    expect(rangeOf('y', 0.4)).toEqual([0, expect.closeTo(0.44, 9)])
    expect(rangeOf('y', 0.01)).toEqual([0, 0.05])
  })
})

describe('the names of its lines', () => {
  const HEIGHT = 120
  /** Where names are written in a plot this many pixels high. */
  function names(film: number, threshold: number) {
    vi.stubGlobal('devicePixelRatio', 1)
    const written: { readonly name: string; readonly x: number; readonly y: number; readonly baseline: string }[] = []
    const ctx = new Proxy<Record<string, unknown>>(
      {
        fillText: (name: string, x: number, y: number) =>
          written.push({ name, x, y, baseline: String(ctx['textBaseline']) }),
        measureText: (name: string) => ({ width: 7 * name.length }),
      },
      { get: (known, name) => Reflect.get(known, name) ?? vi.fn() },
    )
    const { options, plot } = chart({ threshold, source: { ...shown.source, original: filmOf(film) } })
    const bbox = { left: 0, top: 0, width: 300, height: HEIGHT }
    const place = { valToPos: (value: number, scale: string) => (scale === 'y' ? HEIGHT * (1 - value) : value) }
    Object.assign(plot, place, { ctx, bbox })
    options.hooks?.draw?.[0]?.(plot)
    vi.unstubAllGlobals()
    return written
  }
  const filmOf = (probability: number) => ({ bits: 1000, bpd: 2, probability, matchingDistance: 0.1 })

  it('stand at the outer sides of the two', () => {
    const [threshold, film] = names(0.3, 0.6)
    expect(threshold).toMatchObject({ name: 'threshold', baseline: 'alphabetic' })
    expect(film).toMatchObject({ name: 'film', baseline: 'top' })
  })

  it.each([
    ['a film', 0.07, 0.24],
    ['film and threshold', 0.03, 0.05],
    ['a threshold', 0.9, 0.06],
  ])('of %s near the bottom are cut off by it as little as they cover each other', (_, probability, threshold) => {
    const written = names(probability, threshold)
    for (const { y, baseline } of written) expect(y + (baseline === 'top' ? 13 : 0)).toBeLessThanOrEqual(HEIGHT)
    const [first, second] = written
    if (!first || !second) throw new Error('two lines have two names')
    const besides = second.x >= first.x + 7 * first.name.length
    expect(besides || Math.abs(first.y - second.y) >= 13).toBe(true)
  })
})

describe('a click on it', () => {
  it('picks the nearest stop that has a picture, the film among them', () => {
    const { click } = chart()
    // 59 % of the bits and 75 % lie nearest, but that stop has no picture.
    click(58, 74)
    click(21, 33)
    click(99, 88)
    expect(pick.mock.calls).toEqual([[0], [2], [-1]])
  })

  it('far from all stops picks none', () => {
    const { click } = chart()
    click(30, 400)
    click(230, 70)
    expect(pick).not.toHaveBeenCalled()
  })
})
