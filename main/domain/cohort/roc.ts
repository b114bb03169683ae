import type { RocPoint } from '../../../contract'
import type { RatedFilm } from './cohortFilm'

/**
 * The ROC curve of "effusion where probability ≥ threshold": a point a distinct probability, from (0, 0) to (1, 1).
 *
 * @returns empty where one of the classes is empty
 */
export function rocPoints(films: readonly RatedFilm[]): RocPoint[] {
  const positives = films.filter(({ positive }) => positive).length
  const negatives = films.length - positives
  if (positives === 0 || negatives === 0) return []
  const falling = [...films].sort((a, b) => b.probability - a.probability)
  const points: RocPoint[] = [{ threshold: 1, sensitivity: 0, falsePositiveRate: 0 }]
  const seen = { hits: 0, alarms: 0 }
  falling.forEach((film, i) => {
    if (film.positive) seen.hits++
    else seen.alarms++
    // Films of one probability fall on the same side of every threshold.
    if (falling[i + 1]?.probability === film.probability) return
    points.push({
      threshold: film.probability,
      sensitivity: seen.hits / positives,
      falsePositiveRate: seen.alarms / negatives,
    })
  })
  return points
}
