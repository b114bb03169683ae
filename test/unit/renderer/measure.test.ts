import { describe, expect, it } from 'vitest'
import type { MeasurementKind } from '../../../contract'
import { fittedView, magnified, screenScale, toCanvas, type FilmGeometry } from '../../../renderer/viewer/geometry'
import { angleAt, areaLabel, lengthLabel, unitOf } from '../../../renderer/viewer/measure'
import { regionValues } from '../../../renderer/viewer/regionValues'
import { distanceTo, labelStart, shapeOf } from '../../../renderer/viewer/shapes'

const square = { spacing: null, pixelAspect: 1 }

describe('distances', () => {
  it('say which plane their millimetres belong to, and pixels where the file gives none', () => {
    const from = { x: 0, y: 0 }
    const to = { x: 30, y: 40 }
    const spacing = { plane: 'detector', rowMm: 0.2, columnMm: 0.1 } as const
    expect(lengthLabel(from, to, { spacing, pixelAspect: 2 })).toBe('8.5 mm at detector')
    expect(unitOf({ spacing: { ...spacing, plane: 'calibrated' }, pixelAspect: 2 })).toBe('mm (calibrated)')
    expect(lengthLabel(from, to, square)).toBe('50 pixels')
  })
})

describe('areas', () => {
  const spacing = { plane: 'detector', rowMm: 0.3, columnMm: 0.1 } as const
  const tall = { spacing, pixelAspect: 3 }

  it('count pixels in their shape, which may not be square, and name their plane', () => {
    expect(areaLabel(1000, tall)).toBe('30 mm² at detector')
    expect(areaLabel(3000, tall)).toBe('90 mm² at detector')
    expect(areaLabel(1000, { ...tall, spacing: { ...spacing, plane: 'calibrated' } })).toBe('30 mm² (calibrated)')
  })

  it('are told in square centimetres from one on, and in pixels where the file gives no spacing', () => {
    expect(areaLabel(3400, tall)).toBe('1.0 cm² at detector')
    expect(areaLabel(41_000, tall)).toBe('12.3 cm² at detector')
    expect(areaLabel(1000, { spacing: null, pixelAspect: 3 })).toBe('1000 pixels')
  })
})

describe('angles', () => {
  const vertex = { x: 100, y: 50 }
  const arm = (degrees: number, length: number) => ({
    x: vertex.x + length * Math.cos((degrees * Math.PI) / 180),
    y: vertex.y + length * Math.sin((degrees * Math.PI) / 180),
  })

  it('are between 0 and 180 degrees, whichever arm comes first and however long they are', () => {
    for (const [one, other, expected] of [
      [0, 90, 90],
      [10, 55, 45],
      [350, 20, 30],
      [0, 180, 180],
      [270, 30, 120],
    ] as const) {
      expect(angleAt(vertex, [arm(one, 7), arm(other, 300)], square)).toBeCloseTo(expected, 9)
      expect(angleAt(vertex, [arm(other, 300), arm(one, 7)], square)).toBeCloseTo(expected, 9)
    }
  })

  it('are of the body and not of the grid: pixels that are not square count in their shape', () => {
    const tall = { spacing: { plane: 'detector', rowMm: 0.3, columnMm: 0.1 }, pixelAspect: 3 } as const
    expect(
      angleAt(
        { x: 0, y: 0 },
        [
          { x: 30, y: 0 },
          { x: 30, y: 10 },
        ],
        tall,
      ),
    ).toBeCloseTo(45, 9)
    expect(
      angleAt(
        { x: 0, y: 0 },
        [
          { x: 30, y: 0 },
          { x: 30, y: 10 },
        ],
        { spacing: null, pixelAspect: 3 },
      ),
    ).toBeCloseTo(45)
  })
})

describe('values in a region', () => {
  const size = { width: 23, height: 17 }
  const pixels = Int16Array.from({ length: size.width * size.height }, (_, i) => ((i * 7919) % 601) - 300)
  const film = { ...size, pixels, padding: [0, 20] as [number, number] }

  it.each(['rectangle', 'ellipse'] as const)('of a %s are those of the pixels whose centres it holds', (kind) => {
    for (const corners of [
      [
        { x: 3.2, y: 2.7 },
        { x: 15.9, y: 11.1 },
      ],
      [
        { x: 15.9, y: 11.1 },
        { x: 3.2, y: 2.7 },
      ],
      [
        { x: -5, y: -4 },
        { x: 9.5, y: 30 },
      ],
      [
        { x: 4.5, y: 4.5 },
        { x: 5.6, y: 5.6 },
      ],
    ] as const) {
      const [a, b] = corners
      const inside: number[] = []
      pixels.forEach((value, i) => {
        const x = (i % size.width) + 0.5
        const y = Math.floor(i / size.width) + 0.5
        const u = (2 * x - a.x - b.x) / Math.abs(b.x - a.x)
        const v = (2 * y - a.y - b.y) / Math.abs(b.y - a.y)
        const holds = kind === 'ellipse' ? u * u + v * v <= 1 : Math.abs(u) <= 1 && Math.abs(v) <= 1
        if (holds && !(value >= 0 && value <= 20)) inside.push(value)
      })
      const found = regionValues(film, kind, corners)
      expect(found?.count ?? 0).toBe(inside.length)
      if (!found) continue
      expect(found.mean).toBeCloseTo(inside.reduce((sum, value) => sum + value, 0) / inside.length, 9)
      const squares = inside.reduce((sum, value) => sum + (value - found.mean) ** 2, 0)
      expect(found.sd).toBeCloseTo(inside.length === 1 ? 0 : Math.sqrt(squares / (inside.length - 1)), 9)
      expect([found.min, found.max]).toEqual([Math.min(...inside), Math.max(...inside)])
    }
  })

  it('is nothing outside of the film', () => {
    expect(
      regionValues(film, 'rectangle', [
        { x: 100, y: 100 },
        { x: 120, y: 120 },
      ]),
    ).toBeNull()
  })
})

describe('shapes', () => {
  const shape = (kind: MeasurementKind, ...points: [number, number][]) =>
    shapeOf({ id: 1, kind, points: points.map(([x, y]) => ({ x, y })) }, '', (point) => point)

  it('keep a label of several lines on the canvas by its longest one', () => {
    const at = (label: string) => labelStart({ ...shape('length', [190, 50], [190, 50]), label }, 200, 7).x
    expect(at('0123456789')).toBe(200 - 70 - 4)
    expect(at('01234\n0123456789')).toBe(200 - 70 - 4)
  })

  it('know how far a click is from what is drawn', () => {
    expect(distanceTo(shape('length', [0, 0], [100, 0]), { x: 50, y: 3 })).toBeCloseTo(3)
    expect(distanceTo(shape('length', [0, 0], [100, 0]), { x: 104, y: 3 })).toBeCloseTo(5)
    expect(distanceTo(shape('angle', [0, 0], [0, 50], [50, 50]), { x: 30, y: 52 })).toBeCloseTo(2)
    expect(distanceTo(shape('rectangle', [0, 0], [100, 60]), { x: 50, y: 30 })).toBeCloseTo(30)
    expect(distanceTo(shape('rectangle', [100, 60], [0, 0]), { x: 104, y: 30 })).toBeCloseTo(4)
    expect(distanceTo(shape('ellipse', [0, 0], [100, 100]), { x: 50, y: 103 })).toBeCloseTo(3)
    expect(distanceTo(shape('ellipse', [0, 0], [100, 60]), { x: 50, y: 30 })).toBeCloseTo(30)
  })
})

describe('the magnifying glass', () => {
  it('shows the place under the cursor so many times as large, in its middle', () => {
    const film: FilmGeometry = {
      width: 3000,
      height: 2000,
      pixelAspect: 1,
      box: { x: 0, y: 0, width: 128, height: 85 },
    }
    const projection = {
      film,
      view: { ...fittedView(film, { quarters: 1, mirrored: true }), zoom: 1.5 },
      canvas: { width: 700, height: 500 },
    }
    const place = { x: 400, y: 700 }
    const lens = { width: 260, height: 260, factor: 3 }
    const view = magnified(projection, place, lens)
    expect(toCanvas({ film, view, canvas: lens }, place)).toEqual({ x: 130, y: 130 })
    const scale = screenScale(film, view, lens).smaller
    expect(scale / screenScale(film, projection.view, projection.canvas).smaller).toBeCloseTo(3, 9)
  })
})
