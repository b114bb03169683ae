import { expect, it } from 'vitest'
import {
  advance,
  dragZoom,
  toolOf,
  wheelZoom,
  windowRange,
  type Drag,
} from '../../../renderer/composables/viewportMouse'

it('middle button and Shift pan, the right button zooms, the left one does what was chosen', () => {
  expect(toolOf({ button: 0, shiftKey: false }, 'window')).toBe('window')
  expect(toolOf({ button: 0, shiftKey: true }, 'window')).toBe('pan')
  expect(toolOf({ button: 1, shiftKey: false }, 'angle')).toBe('pan')
  expect(toolOf({ button: 2, shiftKey: false }, 'angle')).toBe('zoom')
})

it('wheel and drag zoom in when they go up, and back by as much', () => {
  expect(wheelZoom({ deltaY: -300 })).toBeCloseTo(1.57, 2)
  expect(wheelZoom({ deltaY: -300 }) * wheelZoom({ deltaY: 300 })).toBeCloseTo(1)
  expect(dragZoom(-100)).toBeCloseTo(Math.E)
  expect(dragZoom(-100) * dragZoom(100)).toBeCloseTo(1)
})

it('a drag goes on from where it was last', () => {
  const drag: Drag = { tool: 'pan', start: { x: 10, y: 20 }, last: { x: 10, y: 20 } }
  expect(advance(drag, { x: 15, y: 18 })).toEqual({ dx: 5, dy: -2 })
  expect(advance(drag, { x: 15, y: 10 })).toEqual({ dx: 0, dy: -8 })
  expect(drag.start).toEqual({ x: 10, y: 20 })
})

it('the range of a film’s values is in modality values, whatever the sign of its slope, and never nothing', () => {
  expect(windowRange({ minPixel: 0, maxPixel: 4095, slope: 1 })).toBe(4095)
  expect(windowRange({ minPixel: 100, maxPixel: 300, slope: -2 })).toBe(400)
  expect(windowRange({ minPixel: 7, maxPixel: 7, slope: 1 })).toBe(1)
})
