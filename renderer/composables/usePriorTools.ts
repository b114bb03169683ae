import { usePrior } from '../stores/prior'
import { useStage, type Tool } from '../stores/stage'
import {
  asWindow,
  dragWindow,
  linkedView,
  panBy,
  zoomAt,
  type FilmPoint,
  type LinkedViewport,
  type View,
} from '../viewer'

/** Mouse in the prior film: pan and zoom move both films, window and level are the prior's own. */
export function usePriorTools(viewport: () => LinkedViewport | null) {
  const prior = usePrior()
  const stage = useStage()
  let drag: { readonly tool: Tool; readonly start: FilmPoint; last: FilmPoint } | null = null

  const at = (event: MouseEvent): FilmPoint => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }

  /** As in the other viewports; what only the present film can do becomes a pan. */
  function toolFor(event: PointerEvent): Tool {
    if (event.button === 2) return 'zoom'
    if (event.button === 1 || event.shiftKey) return 'pan'
    return stage.tool === 'window' || stage.tool === 'zoom' ? stage.tool : 'pan'
  }

  function lookBoth(view: View): void {
    if (prior.geometry && stage.geometry) stage.view = linkedView(view, prior.geometry, stage.geometry)
  }

  function down(event: PointerEvent): void {
    if (drag) return
    ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
    drag = { tool: toolFor(event), start: at(event), last: at(event) }
    stage.moving = true
  }

  function move(event: PointerEvent): void {
    const shown = viewport()
    if (!drag || !shown) return
    const point = at(event)
    const dx = point.x - drag.last.x
    const dy = point.y - drag.last.y
    drag.last = point
    if (drag.tool === 'pan') lookBoth(panBy(shown.projection(), dx, dy))
    else if (drag.tool === 'zoom') lookBoth(zoomAt(shown.projection(), drag.start, Math.exp(-dy * 0.01)))
    else dragVoi(dx, dy)
  }

  function dragVoi(dx: number, dy: number): void {
    const header = prior.film?.detail.header
    if (!header || !prior.voi) return
    const range = Math.max(1, (header.maxPixel - header.minPixel) * Math.abs(header.slope))
    prior.voi = dragWindow(asWindow(prior.voi), { dx, dy }, range)
  }

  function up(): void {
    drag = null
    stage.moving = false
  }

  function wheel(event: WheelEvent): void {
    const shown = viewport()
    if (shown) lookBoth(zoomAt(shown.projection(), at(event), Math.exp(-event.deltaY * 0.0015)))
  }

  return { down, move, up, wheel }
}
