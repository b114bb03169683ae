import type { FilmHeader } from '../../contract'
import type { Tool } from '../stores/stage'
import type { FilmPoint } from '../viewer'

/** A drag in a viewport, in screen pixels of its element. */
export interface Drag {
  readonly tool: Tool
  readonly start: FilmPoint
  last: FilmPoint
}

/** Zoom a pixel of a wheel's turn or of a drag, as a share. */
const WHEEL_STEP = 0.0015
const DRAG_ZOOM_STEP = 0.01

/** By what factor a turn of the wheel zooms: up is larger. */
export const wheelZoom = ({ deltaY }: Pick<WheelEvent, 'deltaY'>): number => Math.exp(-deltaY * WHEEL_STEP)

/** By what factor a drag of so many screen pixels down zooms: up is larger. */
export const dragZoom = (dy: number): number => Math.exp(-dy * DRAG_ZOOM_STEP)

/** Where in its element the mouse is, in screen pixels. */
export function placeIn(event: MouseEvent): FilmPoint {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
  return { x: event.clientX - box.left, y: event.clientY - box.top }
}

/** The drag goes on and ends in its element, wherever the mouse leaves it. */
export const holdPointer = (event: PointerEvent): void =>
  (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)

/** Screen pixels from the last place to this one, which becomes the last. */
export function advance(drag: Drag, to: FilmPoint): { dx: number; dy: number } {
  const { last } = drag
  drag.last = to
  return { dx: to.x - last.x, dy: to.y - last.y }
}

/** Middle button or Shift pans, right button zooms, left does the chosen tool. */
export function toolOf({ button, shiftKey }: Pick<PointerEvent, 'button' | 'shiftKey'>, chosen: Tool): Tool {
  if (button === 1 || shiftKey) return 'pan'
  return button === 2 ? 'zoom' : chosen
}

/** How far the modality values of a film reach: what dragging its window is measured by; 1 at least. */
export const windowRange = ({ minPixel, maxPixel, slope }: Pick<FilmHeader, 'minPixel' | 'maxPixel' | 'slope'>) =>
  Math.max(1, (maxPixel - minPixel) * Math.abs(slope))
