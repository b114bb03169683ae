export { cohortOf, cohortText } from './cohort'
