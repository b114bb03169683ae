import { onUnmounted, shallowRef, watch, type ShallowRef } from 'vue'
import type { MeasurementKind } from '../../contract'
import { isAuditPane } from '../presentation/paneWords'
import type { FilmPane, Pane } from '../presentation/panes'
import { useMarks } from '../stores/marks'
import { useOpenCase } from '../stores/openCase'
import { useScene } from '../stores/scene'
import { useStage, type Tool } from '../stores/stage'
import { useWindowing } from '../stores/windowing'
import {
  asWindow,
  distanceTo,
  dragWindow,
  panBy,
  toCanvas,
  toFilm,
  zoomAt,
  type FilmPoint,
  type LinkedViewport,
} from '../viewer'
import { CLICK_REACH, useDrafting } from './useDrafting'
import { useShapes } from './useShapes'
import { advance, dragZoom, holdPointer, placeIn, toolOf, wheelZoom, windowRange, type Drag } from './viewportMouse'

const DRAG_REACH_STEP = 0.008
/** How far the model's 8-bit pictures reach. */
const GREY_LEVELS = 255
const SELECT_REACH = 8
const LENS = { least: 2, most: 4, step: 0.5 }

const distance = (a: FilmPoint, b: FilmPoint) => Math.hypot(a.x - b.x, a.y - b.y)
const isMeasuring = (tool: Tool): tool is MeasurementKind =>
  tool === 'length' || tool === 'angle' || tool === 'rectangle' || tool === 'ellipse'

/**
 * Mouse in a viewport: cursor, window/level, pan, zoom around the cursor, measurements, magnifying glass.
 *
 * @param pane its name, and the audit's pane whose drags do here what they do there
 */
export function usePaneTools(
  { name, mouseAs }: { readonly name: FilmPane; readonly mouseAs: Pane },
  viewport: Readonly<ShallowRef<LinkedViewport | null>>,
) {
  const marks = useMarks()
  const openCase = useOpenCase()
  const scene = useScene()
  const stage = useStage()
  const windowing = useWindowing()
  const drafting = useDrafting()
  const shapes = useShapes()
  /** Where the mouse is in this viewport, in screen pixels; null outside of it. */
  const pointer = shallowRef<FilmPoint | null>(null)
  let drag: Drag | null = null

  function down(event: PointerEvent): void {
    const view = viewport.value
    if (!view || drag) return
    const point = placeIn(event)
    holdPointer(event)
    drag = { tool: toolOf(event, stage.tool), start: point, last: point }
    stage.activePane = name
    const { tool } = drag
    stage.moving = tool === 'window' || tool === 'pan' || tool === 'zoom'
    if (isMeasuring(tool)) drafting.press(tool, toFilm(view.projection(), point))
  }

  function move(event: PointerEvent): void {
    const view = viewport.value
    if (!view) return
    const point = placeIn(event)
    const projection = view.projection()
    pointer.value = point
    // While the window is dragged the corner shows centre and width instead of the value under the cursor.
    stage.cursor = drag?.tool === 'window' ? null : toFilm(projection, point)
    if (marks.draft && (!drag || isMeasuring(drag.tool))) drafting.follow(toFilm(projection, point))
    if (!drag) return
    const by = advance(drag, point)
    if (drag.tool === 'pan') stage.view = panBy(projection, by.dx, by.dy)
    else if (drag.tool === 'zoom') stage.view = zoomAt(projection, drag.start, dragZoom(by.dy))
    else if (drag.tool === 'window') dragVoi(by)
  }

  function dragVoi(by: { dx: number; dy: number }): void {
    const header = openCase.detail?.header
    if (!header) return
    if (mouseAs === 'bitmap') {
      stage.mapReach = Math.min(4, Math.max(0.1, stage.mapReach * Math.exp(by.dy * DRAG_REACH_STEP)))
      return
    }
    const ofFilm = mouseAs === 'film' && !stage.modelView
    const range = ofFilm ? windowRange(header) : GREY_LEVELS
    windowing.setVoi(mouseAs, dragWindow(asWindow(windowing.voiOf(mouseAs)), by, range))
  }

  function up(): void {
    const view = viewport.value
    const done = drag
    drag = null
    stage.moving = false
    if (!done || !view) return
    const lastSet = drafting.lastSet()
    if (isMeasuring(done.tool) && lastSet) {
      const away = distance(toCanvas(view.projection(), lastSet), done.last)
      drafting.release(toFilm(view.projection(), done.last), away)
    }
    if (distance(done.start, done.last) < CLICK_REACH) select(view, done.last)
  }

  /** A click on a measurement selects it, a click elsewhere lets it go. */
  function select(view: LinkedViewport, point: FilmPoint): void {
    const projection = view.projection()
    const hits = shapes
      .value((place) => toCanvas(projection, place))
      .filter(({ id }) => id !== 0)
      .map((shape) => ({ id: shape.id, away: distanceTo(shape, point) }))
      .filter(({ away }) => away <= SELECT_REACH)
      .sort((a, b) => a.away - b.away)
    const [hit] = hits
    marks.selectedId = hit?.id ?? null
    // What looked like the start of a measurement was a click on one.
    if (hit && marks.draft?.points.length === 2) marks.draft = null
  }

  function wheel(event: WheelEvent): void {
    const view = viewport.value
    if (!view) return
    if (stage.lensHeld || stage.tool === 'lens') {
      const factor = stage.lensFactor - Math.sign(event.deltaY) * LENS.step
      stage.lensFactor = Math.min(LENS.most, Math.max(LENS.least, factor))
    } else stage.view = zoomAt(view.projection(), placeIn(event), wheelZoom(event))
  }

  function leave(): void {
    pointer.value = null
    if (!drag) stage.cursor = null
  }

  /** Quick clicks of a measuring tool are no wish for one large picture; and only the audit's own can stand alone. */
  function doubleClick(): void {
    if (!isMeasuring(stage.tool) && isAuditPane(name)) scene.maximise(name)
  }

  watch(
    () => stage.tool,
    () => (marks.draft = null),
  )
  onUnmounted(up)

  return { pointer, down, move, up, wheel, leave, doubleClick }
}
