import type { CohortGroupName } from '../../../contract'
import { isView } from '../filmTerms'
import type { CohortFilm } from './cohortFilm'

/** With fewer films than this, a group's figures say nothing. */
export const SMALL_GROUP = 10

const NOT_STATED = 'not stated'

/** Lower ends of the age groups, years. */
const AGES = [
  { from: 80, name: '80 and over' },
  { from: 60, name: '60 to 79' },
  { from: 40, name: '40 to 59' },
  { from: 18, name: '18 to 39' },
  { from: 0, name: 'under 18' },
] as const

const SEXES: Readonly<Record<string, string>> = { F: 'female', M: 'male', O: 'other' }

/** Films imported by an earlier version may hold any text here. */
export const viewOf = ({ view }: CohortFilm): string => (view !== null && isView(view) ? view : NOT_STATED)

/** DICOM's F, M and O in words (PS3.3 C.7.1.1). */
export const sexOf = ({ sex }: CohortFilm): string => (sex === null ? NOT_STATED : (SEXES[sex.toUpperCase()] ?? sex))

export function ageGroupOf({ age }: CohortFilm): string {
  return AGES.find(({ from }) => age !== null && age >= from)?.name ?? NOT_STATED
}

const ORDER: readonly string[] = [...AGES.map(({ name }) => name).reverse(), NOT_STATED]

interface Grouped<F> {
  readonly by: CohortGroupName
  readonly name: string
  readonly films: readonly F[]
}

/** Films by view, sex and age; what is not stated stands last. */
export function groupsOf<F extends CohortFilm>(films: readonly F[]): Grouped<F>[] {
  return [
    ...groupedBy(films, viewOf).map((group) => ({ by: 'view' as const, ...group })),
    ...groupedBy(films, sexOf).map((group) => ({ by: 'sex' as const, ...group })),
    ...groupedBy(films, ageGroupOf).map((group) => ({ by: 'age' as const, ...group })),
  ]
}

/** Films by the name that `of` gives them, names in order. */
export function groupedBy<F extends CohortFilm>(
  films: readonly F[],
  of: (film: F) => string,
): { readonly name: string; readonly films: readonly F[] }[] {
  const groups = new Map<string, F[]>()
  for (const film of films) {
    const name = of(film)
    const members = groups.get(name)
    if (members) members.push(film)
    else groups.set(name, [film])
  }
  const place = (name: string) => (name === NOT_STATED ? ORDER.length : ORDER.indexOf(name))
  return [...groups]
    .map(([name, members]) => ({ name, films: members }))
    .sort((a, b) => place(a.name) - place(b.name) || a.name.localeCompare(b.name))
}
