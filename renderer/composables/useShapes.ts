import { computed } from 'vue'
import { useMarks } from '../stores/marks'
import { useStage } from '../stores/stage'
import { measurementText } from '../presentation/measurementWords'
import { shapeOf, type FilmPoint, type Shape } from '../viewer'

/**
 * The measurements of the case, and the one being drawn, as shapes wherever a projection puts them; none while annotations are
 * hidden. What they say is said of the film's own values, so that it stands on the film's pane alone.
 */
export function useShapes() {
  const marks = useMarks()
  const stage = useStage()
  /** Regions are counted when they are finished: while one is dragged that would cost a pass over its pixels a move. */
  const draftText = computed(() => {
    const { draft, film } = marks
    if (!draft || !film || draft.kind === 'rectangle' || draft.kind === 'ellipse') return ''
    return measurementText({ kind: draft.kind, points: [...draft.points] }, film)
  })
  return computed(() => {
    const { measurements, texts, draft } = marks
    const label = draftText.value
    const isShown = stage.annotations
    return (project: (point: FilmPoint) => FilmPoint, pane = 'film'): Shape[] => {
      const saying = (text: string) => (pane === 'film' ? text : '')
      if (!isShown) return []
      return [
        ...measurements.map((one) => shapeOf(one, saying(texts.get(one.id) ?? ''), project)),
        ...(draft ? [shapeOf({ id: 0, kind: draft.kind, points: [...draft.points] }, saying(label), project)] : []),
      ]
    }
  })
}
