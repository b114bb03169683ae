export { cohortAuc } from './cohortAuc'
export { cohortCallsOf, type CohortDeps } from './cohortCalls'
export { cohortFilmOf, worklistFilms } from './worklistFilms'
