import { expect, it } from 'vitest'
import { ageGroupOf, groupsOf } from '../../../main/domain/cohort/groups'
import { cohortFilm } from '../../support/cohortFilms'

it.each([
  [0, 'under 18'],
  [17.99, 'under 18'],
  [18, '18 to 39'],
  [39, '18 to 39'],
  [40, '40 to 59'],
  [59, '40 to 59'],
  [60, '60 to 79'],
  [79, '60 to 79'],
  [80, '80 and over'],
  [null, 'not stated'],
])('an age of %s belongs to %s', (age, group) => {
  expect(ageGroupOf(cohortFilm(0, { age }))).toBe(group)
})

it('groups stand from young to old, what is not stated last', () => {
  const films = [null, 85, 3, 62, 45, 20].map((age, i) => cohortFilm(i, { age }))
  const names = groupsOf(films).flatMap(({ by, name }) => (by === 'age' ? name : []))
  expect(names).toEqual(['under 18', '18 to 39', '40 to 59', '60 to 79', '80 and over', 'not stated'])
})
