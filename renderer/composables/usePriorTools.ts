import { usePrior } from '../stores/prior'
import { useStage } from '../stores/stage'
import { asWindow, dragWindow, linkedView, panBy, zoomAt, type LinkedViewport, type View } from '../viewer'
import { advance, dragZoom, holdPointer, placeIn, toolOf, wheelZoom, windowRange, type Drag } from './viewportMouse'

/** Mouse in the prior film: pan and zoom move both films, window and level are the prior's own. */
export function usePriorTools(viewport: () => LinkedViewport | null) {
  const prior = usePrior()
  const stage = useStage()
  let drag: Drag | null = null

  /** What only the present film can do becomes a pan. */
  const toolHere = () => (stage.tool === 'window' || stage.tool === 'zoom' ? stage.tool : 'pan')

  function lookBoth(view: View): void {
    if (prior.geometry && stage.geometry) stage.view = linkedView(view, prior.geometry, stage.geometry)
  }

  function down(event: PointerEvent): void {
    if (drag) return
    holdPointer(event)
    const start = placeIn(event)
    drag = { tool: toolOf(event, toolHere()), start, last: start }
    stage.moving = true
  }

  function move(event: PointerEvent): void {
    const shown = viewport()
    if (!drag || !shown) return
    const by = advance(drag, placeIn(event))
    if (drag.tool === 'pan') lookBoth(panBy(shown.projection(), by.dx, by.dy))
    else if (drag.tool === 'zoom') lookBoth(zoomAt(shown.projection(), drag.start, dragZoom(by.dy)))
    else dragVoi(by)
  }

  function dragVoi(by: { dx: number; dy: number }): void {
    const header = prior.film?.detail.header
    if (header && prior.voi) prior.voi = dragWindow(asWindow(prior.voi), by, windowRange(header))
  }

  function up(): void {
    drag = null
    stage.moving = false
  }

  function wheel(event: WheelEvent): void {
    const shown = viewport()
    if (shown) lookBoth(zoomAt(shown.projection(), placeIn(event), wheelZoom(event)))
  }

  return { down, move, up, wheel }
}
