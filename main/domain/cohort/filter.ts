import type { CohortFilter, CohortOverview } from '../../../contract'
import type { CohortFilm } from './cohortFilm'
import { sexOf, viewOf } from './groups'

type FilterName = keyof CohortFilter

/** Values by which a film answers to each filter. */
const VALUES: Readonly<Record<FilterName, (film: CohortFilm) => readonly string[]>> = {
  queue: ({ queues }) => queues,
  view: (film) => [viewOf(film)],
  sex: (film) => [sexOf(film)],
  reader: ({ readers }) => readers,
}

const FILTER_NAMES: readonly FilterName[] = ['queue', 'view', 'sex', 'reader']

export function filteredFilms(films: readonly CohortFilm[], filter: CohortFilter): CohortFilm[] {
  return films.filter((film) =>
    FILTER_NAMES.every((name) => {
      const wanted = filter[name]
      return wanted === null || VALUES[name](film).includes(wanted)
    }),
  )
}

/** What each filter offers, with how many films of the worklist answer to it. */
export function filterChoices(films: readonly CohortFilm[]): CohortOverview['choices'] {
  const choices = (name: FilterName) => {
    const counts = new Map<string, number>()
    for (const film of films) for (const value of VALUES[name](film)) counts.set(value, (counts.get(value) ?? 0) + 1)
    return [...counts]
      .map(([value, number]) => ({ value, films: number }))
      .sort((a, b) => a.value.localeCompare(b.value))
  }
  return {
    queue: choices('queue'),
    view: choices('view'),
    sex: choices('sex'),
    reader: choices('reader'),
  }
}
