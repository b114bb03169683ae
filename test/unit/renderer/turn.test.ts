import { describe, expect, it } from 'vitest'
import {
  fittedView,
  matrixOf,
  panBy,
  rectangleBetween,
  screenScale,
  toCanvas,
  toFilm,
  visiblePart,
  zoomAt,
  type FilmGeometry,
  type Projection,
} from '../../../renderer/viewer/geometry'
import { lengthLabel } from '../../../renderer/viewer/measure'
import { edgeLetters } from '../../../renderer/viewer/orientation'
import {
  arrowStep,
  flipped,
  turnedBy,
  turnVector,
  unturnVector,
  UPRIGHT,
  type Turn,
} from '../../../renderer/viewer/turn'

const film: FilmGeometry = {
  width: 2000,
  height: 2500,
  pixelAspect: 1.25,
  box: { x: 0, y: 0, width: 128, height: 128 },
}
const canvas = { width: 640, height: 400 }
const turns: Turn[] = ([0, 1, 2, 3] as const).flatMap((quarters) =>
  [false, true].map((mirrored) => ({ quarters, mirrored })),
)
const at = (turn: Turn): Projection => ({ film, view: { ...fittedView(film, turn), zoom: 1.7 }, canvas })
const distance = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y)

describe.each(turns)('a film turned by $quarters right angles, mirrored: $mirrored', (turn) => {
  it('goes from film to screen and back', () => {
    for (const point of [
      { x: 0, y: 0 },
      { x: 123.4, y: 2345.6 },
      { x: -50, y: 2600 },
    ]) {
      const back = toFilm(at(turn), toCanvas(at(turn), point))
      expect(distance(back, point)).toBeLessThan(1e-9)
    }
  })

  it('is drawn by the matrix where overlay and mouse have it', () => {
    const [a, b, c, d, e, f] = matrixOf(at(turn))
    const point = { x: 431, y: 1777 }
    const drawn = { x: a * point.x + c * point.y + e, y: b * point.x + d * point.y + f }
    expect(distance(drawn, toCanvas(at(turn), point))).toBeLessThan(1e-9)
    expect(Math.sign(a * d - b * c)).toBe(turn.mirrored ? -1 : 1)
  })

  it('frames a part of the film by a rectangle with its corners on the screen', () => {
    const corners = [
      { x: 300, y: 400 },
      { x: 500, y: 700 },
    ].map((corner) => toCanvas(at(turn), corner))
    const [one, other] = corners
    if (!one || !other) throw new Error('two corners')
    const { x, y, width, height } = rectangleBetween(one, other)
    expect(Math.min(width, height)).toBeGreaterThan(0)
    for (const corner of corners) {
      expect([x, x + width]).toContain(corner.x)
      expect([y, y + height]).toContain(corner.y)
    }
  })

  it('is nudged on screen where the arrow key points', () => {
    const from = { x: 300, y: 400 }
    const start = toCanvas(at(turn), from)
    const moved = (key: string) => {
      const step = arrowStep(key, turn) ?? { x: 0, y: 0 }
      const end = toCanvas(at(turn), { x: from.x + step.x, y: from.y + step.y })
      return [Math.sign(Math.round(1e6 * (end.x - start.x))), Math.sign(Math.round(1e6 * (end.y - start.y)))]
    }
    expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map(moved)).toEqual([
      ...[
        [-1, 0],
        [1, 0],
      ],
      ...[
        [0, -1],
        [0, 1],
      ],
    ])
    expect(arrowStep('Enter', turn)).toBeNull()
  })

  it('keeps lengths: on screen the same number of pixels, in words the same millimetres', () => {
    const from = { x: 300, y: 400 }
    const to = { x: 1200, y: 1900 }
    const { x: perX, y: perY } = screenScale(film, at(turn).view, canvas)
    const onScreen = distance(toCanvas(at(turn), from), toCanvas(at(turn), to))
    expect(onScreen).toBeCloseTo(Math.hypot(900 * perX, 1500 * perY), 6)
    // What is drawn by hand at the same places of the film reads the same, however the film lies.
    const drawn = [from, to].map((point) => toFilm(at(turn), toCanvas(at(turn), point)))
    const spacing = { plane: 'detector', rowMm: 0.25, columnMm: 0.2 } as const
    const label = (a: typeof from, b: typeof from) => lengthLabel(a, b, { spacing, pixelAspect: 1.25 })
    expect(label(drawn[0] ?? from, drawn[1] ?? to)).toBe(label(from, to))
  })

  it('fits the whole film at zoom 1', () => {
    const whole = { film, view: fittedView(film, turn), canvas }
    const corners = [
      { x: 0, y: 0 },
      { x: 2000, y: 0 },
      { x: 0, y: 2500 },
      { x: 2000, y: 2500 },
    ].map((corner) => toCanvas(whole, corner))
    const xs = corners.map(({ x }) => x)
    const ys = corners.map(({ y }) => y)
    const gaps = [Math.min(...xs), Math.min(...ys), canvas.width - Math.max(...xs), canvas.height - Math.max(...ys)]
    expect(Math.min(...gaps)).toBeCloseTo(0, 6)
  })

  it('knows which part of the film is on screen', () => {
    const part = visiblePart(at(turn))
    for (const corner of [
      { x: 0, y: 0 },
      { x: canvas.width, y: canvas.height },
      { x: canvas.width, y: 0 },
    ]) {
      const { x, y } = toFilm(at(turn), corner)
      expect(x).toBeGreaterThanOrEqual(part.x - 1e-6)
      expect(x).toBeLessThanOrEqual(part.x + part.width + 1e-6)
      expect(y).toBeGreaterThanOrEqual(part.y - 1e-6)
      expect(y).toBeLessThanOrEqual(part.y + part.height + 1e-6)
    }
  })

  it('moves with the mouse, and zooms around the cursor', () => {
    const point = { x: 900, y: 1300 }
    const before = toCanvas(at(turn), point)
    const panned = toCanvas({ ...at(turn), view: panBy(at(turn), 12, -7) }, point)
    expect(distance(panned, { x: before.x + 12, y: before.y - 7 })).toBeLessThan(1e-6)
    const zoomed = toCanvas({ ...at(turn), view: zoomAt(at(turn), before, 1.9) }, point)
    expect(distance(zoomed, before)).toBeLessThan(1e-6)
  })

  it('turns vectors back exactly', () => {
    expect(unturnVector(turn, turnVector(turn, { x: 3, y: -5 }))).toEqual({ x: 3, y: -5 })
  })

  it('four right angles and two flips change nothing', () => {
    expect(turnedBy(turnedBy(turnedBy(turnedBy(turn, 1), 1), 1), 1)).toEqual(turn)
    expect(turnedBy(turnedBy(turn, 1), -1)).toEqual(turn)
    for (const axis of ['leftRight', 'upDown'] as const) expect(flipped(flipped(turn, axis), axis)).toEqual(turn)
  })

  it('a flip mirrors the screen, whatever the angle', () => {
    const point = { x: 700, y: 2100 }
    const before = toCanvas({ film, view: fittedView(film, turn), canvas }, point)
    const after = (axis: 'leftRight' | 'upDown') =>
      toCanvas({ film, view: fittedView(film, flipped(turn, axis)), canvas }, point)
    expect(distance(after('leftRight'), { x: canvas.width - before.x, y: before.y })).toBeLessThan(1e-6)
    expect(distance(after('upDown'), { x: before.x, y: canvas.height - before.y })).toBeLessThan(1e-6)
  })
})

describe('anatomical letters', () => {
  const chest = { row: 'L', column: 'F' }

  it('stand at the edges that the file names', () => {
    expect(edgeLetters(chest, UPRIGHT)).toEqual({ left: 'R', right: 'L', top: 'H', bottom: 'F' })
    expect(edgeLetters({ row: 'LA', column: 'FP' }, UPRIGHT)).toEqual({
      left: 'RP',
      right: 'LA',
      top: 'HA',
      bottom: 'FP',
    })
  })

  it('follow turns and flips', () => {
    expect(edgeLetters(chest, turnedBy(UPRIGHT, 1))).toEqual({ left: 'F', right: 'H', top: 'R', bottom: 'L' })
    expect(edgeLetters(chest, flipped(UPRIGHT, 'leftRight'))).toEqual({ left: 'L', right: 'R', top: 'H', bottom: 'F' })
    expect(edgeLetters(chest, flipped(UPRIGHT, 'upDown'))).toEqual({ left: 'R', right: 'L', top: 'F', bottom: 'H' })
  })
})
