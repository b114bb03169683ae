import { computed } from 'vue'
import { useMarks } from '../stores/marks'
import { measurementText } from '../presentation/measurementWords'
import { shapeOf, type FilmPoint, type Shape } from '../viewer'

/** The measurements of the case, and the one being drawn, as shapes wherever a projection puts them. */
export function useShapes() {
  const marks = useMarks()
  /** Regions are counted when they are finished: while one is dragged that would cost a pass over its pixels a move. */
  const draftText = computed(() => {
    const { draft, film } = marks
    if (!draft || !film || draft.kind === 'rectangle' || draft.kind === 'ellipse') return ''
    return measurementText({ kind: draft.kind, points: [...draft.points] }, film)
  })
  return computed(() => {
    const { measurements, texts, draft } = marks
    const label = draftText.value
    return (project: (point: FilmPoint) => FilmPoint): Shape[] => [
      ...measurements.map((one) => shapeOf(one, texts.get(one.id) ?? '', project)),
      ...(draft ? [shapeOf({ id: 0, kind: draft.kind, points: [...draft.points] }, label, project)] : []),
    ]
  })
}
