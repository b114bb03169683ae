export { cohortAuc } from './cohortAuc'
export { classifierThreshold, cohortCallsOf, type CohortDeps } from './cohortCalls'
export { cohortFilmOf, worklistFilms } from './worklistFilms'
