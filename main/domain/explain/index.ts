export { cohortCells, cohortOf, METHOD_TITLES, type CohortRow, type MeanAndSd } from './cohort'
