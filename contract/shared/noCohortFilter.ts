import type { CohortFilter } from '../cohort'

/** All films count. */
export const NO_COHORT_FILTER: CohortFilter = { queue: null, view: null, sex: null, reader: null }
