import { onUnmounted, shallowRef, type ShallowRef } from 'vue'
import { useOpenCase } from '../stores/openCase'
import { useStage, type Pane, type Tool } from '../stores/stage'
import { asWindow, dragWindow, panBy, toFilm, zoomAt, type FilmPoint, type LinkedViewport } from '../viewer'

/** A length being drawn, in film pixels. */
export interface Draft {
  readonly from: FilmPoint
  readonly to: FilmPoint
}

interface Drag {
  readonly tool: Tool
  readonly start: FilmPoint
  last: FilmPoint
}

const WHEEL_STEP = 0.0015
const DRAG_ZOOM_STEP = 0.01
const DRAG_REACH_STEP = 0.008
const SHORTEST_LENGTH_ON_SCREEN = 4

/** Mouse in a viewport: cursor, window/level, pan, zoom around the cursor, length. Touches the stage store only. */
export function usePaneTools(pane: Pane, viewport: Readonly<ShallowRef<LinkedViewport | null>>) {
  const openCase = useOpenCase()
  const stage = useStage()
  const draft = shallowRef<Draft | null>(null)
  let drag: Drag | null = null

  const at = (event: MouseEvent): FilmPoint => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }

  /** Middle button or Shift pans, right button zooms, left does the chosen tool. */
  function toolFor(event: PointerEvent): Tool {
    if (event.button === 1 || event.shiftKey) return 'pan'
    if (event.button === 2) return 'zoom'
    return stage.tool
  }

  function down(event: PointerEvent): void {
    const view = viewport.value
    if (!view || drag) return
    const point = at(event)
    ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
    drag = { tool: toolFor(event), start: point, last: point }
    stage.activePane = pane
    stage.moving = drag.tool !== 'length'
    if (drag.tool === 'length') {
      const from = toFilm(view.projection(), point)
      draft.value = { from, to: from }
    }
  }

  function move(event: PointerEvent): void {
    const view = viewport.value
    if (!view) return
    const point = at(event)
    const projection = view.projection()
    // While the window is dragged the corner shows centre and width instead of the value under the cursor.
    stage.cursor = drag?.tool === 'window' ? null : toFilm(projection, point)
    if (!drag) return
    const dx = point.x - drag.last.x
    const dy = point.y - drag.last.y
    drag.last = point
    if (drag.tool === 'pan') stage.view = panBy(projection, dx, dy)
    else if (drag.tool === 'zoom') stage.view = zoomAt(projection, drag.start, Math.exp(-dy * DRAG_ZOOM_STEP))
    else if (drag.tool === 'window') dragVoi(dx, dy)
    else if (draft.value) draft.value = { ...draft.value, to: toFilm(projection, point) }
  }

  function dragVoi(dx: number, dy: number): void {
    const header = openCase.detail?.header
    if (!header) return
    if (pane === 'bitmap') {
      stage.mapReach = Math.min(4, Math.max(0.1, stage.mapReach * Math.exp(dy * DRAG_REACH_STEP)))
      return
    }
    if (pane === 'film' && !stage.modelView) {
      const range = Math.max(1, (header.maxPixel - header.minPixel) * Math.abs(header.slope))
      stage.filmVoi = dragWindow(asWindow(stage.filmVoi), { dx, dy }, range)
    } else {
      stage.pictureVoi = dragWindow(asWindow(stage.pictureVoi), { dx, dy }, 255)
    }
  }

  function up(): void {
    if (!drag) return
    const length = Math.hypot(drag.last.x - drag.start.x, drag.last.y - drag.start.y)
    if (draft.value && length >= SHORTEST_LENGTH_ON_SCREEN) stage.addMeasurement(draft.value.from, draft.value.to)
    draft.value = null
    drag = null
    stage.moving = false
  }

  function wheel(event: WheelEvent): void {
    const view = viewport.value
    if (view) stage.view = zoomAt(view.projection(), at(event), Math.exp(-event.deltaY * WHEEL_STEP))
  }

  function leave(): void {
    if (!drag) stage.cursor = null
  }

  onUnmounted(up)

  return { draft, down, move, up, wheel, leave }
}
