import type { MeasurementKind } from '../../contract'
import { useMarks } from '../stores/marks'
import { useNotices } from '../stores/notices'
import { useStage } from '../stores/stage'
import type { FilmPoint } from '../viewer'

/** Below so many screen pixels a press is a click and no drag. */
export const CLICK_REACH = 4

const wanted = (kind: MeasurementKind) => (kind === 'angle' ? 3 : 2)

/**
 * Draws a measurement by dragging, or by clicking one place after the other: the last point follows the cursor until it is
 * set by a release away from the one before.
 */
export function useDrafting() {
  const marks = useMarks()
  const notices = useNotices()
  const stage = useStage()

  function press(kind: MeasurementKind, place: FilmPoint): void {
    // Nobody measures unseen.
    stage.annotations = true
    if (marks.draft?.kind === kind) return follow(place)
    marks.draft = { kind, points: [place, place] }
  }

  function follow(place: FilmPoint): void {
    const { draft } = marks
    if (draft) marks.draft = { ...draft, points: [...draft.points.slice(0, -1), place] }
  }

  /** @param away screen pixels from the place that was set last */
  function release(place: FilmPoint, away: number): void {
    follow(place)
    const { draft } = marks
    if (!draft || away < CLICK_REACH) return
    if (draft.points.length < wanted(draft.kind)) {
      marks.draft = { ...draft, points: [...draft.points, place] }
      return
    }
    marks.draft = null
    try {
      marks.addMeasurement(draft.kind, draft.points)
    } catch (error) {
      notices.fail(error)
    }
  }

  return { press, follow, release, lastSet: () => marks.draft?.points.at(-2) ?? null }
}
