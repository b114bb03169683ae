import type { QueueSort } from '../review'

/** What the order of a queue looks at. */
export interface Sortable {
  readonly title: string
  readonly wrongness: number | null
}

/**
 * The cases of a queue in the order in which they are read. `wrongness`: most confidently wrong first, films of which
 * nothing is known last; `title`: by name, numbers by their value; `added`: as they came in. Equal ones stay as they were.
 */
export function inOrder<T extends Sortable>(cases: readonly T[], sort: QueueSort): T[] {
  if (sort === 'added') return [...cases]
  return [...cases].sort(sort === 'title' ? byTitle : byWrongness)
}

const byTitle = (a: Sortable, b: Sortable): number => a.title.localeCompare(b.title, 'en', { numeric: true })

const byWrongness = (a: Sortable, b: Sortable): number => (b.wrongness ?? -Infinity) - (a.wrongness ?? -Infinity) || 0
