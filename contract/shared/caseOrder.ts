import type { QueueSort } from '../review'

/** What the order of a queue looks at. */
interface Sortable {
  readonly title: string
  readonly wrongness: number | null
  /** YYYY-MM-DD. */
  readonly studyDate: string | null
  readonly probability: number | null
}

/**
 * The cases of a queue in the order in which they are read. `wrongness`: most confidently wrong first; `title`: by name,
 * numbers by their value; `date`: newest study first; `probability`: likeliest effusion first; `added`: as they came in.
 * Films of which nothing is known come last, equal ones stay as they were.
 */
export function inOrder<T extends Sortable>(cases: readonly T[], sort: QueueSort): T[] {
  if (sort === 'added') return [...cases]
  return [...cases].sort(orders[sort])
}

const downwards = (a: number | null, b: number | null): number => (b ?? -Infinity) - (a ?? -Infinity) || 0

const orders: Readonly<Record<Exclude<QueueSort, 'added'>, (a: Sortable, b: Sortable) => number>> = {
  wrongness: (a, b) => downwards(a.wrongness, b.wrongness),
  title: (a, b) => a.title.localeCompare(b.title, 'en', { numeric: true }),
  date: (a, b) => (b.studyDate ?? '').localeCompare(a.studyDate ?? ''),
  probability: (a, b) => downwards(a.probability, b.probability),
}
