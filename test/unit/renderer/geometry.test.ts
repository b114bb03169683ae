import { describe, expect, it } from 'vitest'
import {
  filmToModel,
  fittedView,
  indexAt,
  modelSquareOnFilm,
  panBy,
  screenScale,
  toCanvas,
  toFilm,
  zoomAt,
  zoomed,
  type FilmGeometry,
} from '../../../renderer/viewer/geometry'
import { UPRIGHT } from '../../../renderer/viewer/turn'
import { lengthLabel } from '../../../renderer/viewer/measure'

/** A portrait film, letterboxed into the model's square. */
const film: FilmGeometry = {
  width: 2000,
  height: 2500,
  pixelAspect: 1,
  box: { x: 12.8, y: 0, width: 102.4, height: 128 },
}
const canvas = { width: 500, height: 400 }

describe('film and screen', () => {
  it('shows the whole film at zoom 1', () => {
    const projection = { film, view: fittedView(film), canvas }
    expect(toCanvas(projection, { x: 0, y: 0 }).y).toBeCloseTo(0)
    expect(toCanvas(projection, { x: 2000, y: 2500 }).y).toBeCloseTo(400)
    expect(toCanvas(projection, { x: 1000, y: 1250 })).toEqual({ x: 250, y: 200 })
  })

  it('goes there and back', () => {
    const projection = { film, view: { zoom: 3.7, centre: { x: 700, y: 1900 }, turn: UPRIGHT }, canvas }
    const point = { x: 123.4, y: 234.5 }
    const back = toCanvas(projection, toFilm(projection, point))
    expect(back.x).toBeCloseTo(point.x, 9)
    expect(back.y).toBeCloseTo(point.y, 9)
  })

  it('keeps the point under the cursor while zooming, also at the limits of the zoom', () => {
    const cursor = { x: 80, y: 310 }
    for (const factor of [1.3, 0.4, 1e6, 1e-6]) {
      const projection = { film, view: { zoom: 2, centre: { x: 900, y: 1300 }, turn: UPRIGHT }, canvas }
      const held = toFilm(projection, cursor)
      const after = toFilm({ ...projection, view: zoomAt(projection, cursor, factor) }, cursor)
      expect(after.x).toBeCloseTo(held.x, 6)
      expect(after.y).toBeCloseTo(held.y, 6)
    }
  })

  it('zooms no nearer and no farther than its limits, whether mouse or key asks', () => {
    const view = fittedView(film)
    const projection = { film, view, canvas }
    for (const [factor, zoom] of [
      [1.25, 1.25],
      [1e6, 64],
      [1e-6, 0.5],
    ] as const) {
      expect(zoomed(view, factor)).toEqual({ ...view, zoom })
      expect(zoomAt(projection, { x: 80, y: 310 }, factor).zoom).toBe(zoom)
    }
  })

  it('pans by screen pixels and stays on the film', () => {
    const projection = { film, view: fittedView(film), canvas }
    const { smaller } = screenScale(film, projection.view, canvas)
    expect(panBy(projection, 10, 0).centre.x).toBeCloseTo(1000 - 10 / smaller)
    expect(panBy(projection, 1e9, -1e9).centre).toEqual({ x: 0, y: 2500 })
  })

  it('stretches pixels that are not square to their true shape', () => {
    const tall = { ...film, pixelAspect: 2 }
    const { x, y } = screenScale(tall, fittedView(tall), canvas)
    expect(y / x).toBeCloseTo(2)
  })
})

describe('film and model', () => {
  it('maps through the letterbox', () => {
    expect(filmToModel(film, { x: 0, y: 0 })).toEqual({ x: 12.8, y: 0 })
    expect(filmToModel(film, { x: 2000, y: 2500 })).toEqual({ x: 115.2, y: 128 })
  })

  it("lays the model's square over the film, bars outside of it", () => {
    expect(modelSquareOnFilm(film)).toEqual({ x: -250, y: -0, width: 2500, height: 2500 })
  })

  it('finds pixels, and none outside', () => {
    expect(indexAt({ width: 4, height: 3 }, { x: 3.9, y: 2.1 })).toBe(11)
    expect(indexAt({ width: 4, height: 3 }, { x: 4, y: 0 })).toBeNull()
    expect(indexAt({ width: 4, height: 3 }, { x: -0.1, y: 0 })).toBeNull()
  })
})

describe('length', () => {
  const from = { x: 0, y: 0 }
  const to = { x: 30, y: 40 }
  it('says millimetres only where the file gives them, and of what', () => {
    const spacing = { plane: 'detector', rowMm: 0.2, columnMm: 0.1 } as const
    expect(lengthLabel(from, to, { spacing, pixelAspect: 2 })).toBe('8.5 mm at detector')
    expect(lengthLabel(from, to, { spacing: { ...spacing, plane: 'calibrated' }, pixelAspect: 2 })).toBe(
      '8.5 mm (calibrated)',
    )
    expect(lengthLabel(from, to, { spacing: null, pixelAspect: 1 })).toBe('50 pixels')
  })
})
