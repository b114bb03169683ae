import type { CaseId, CaseSummary } from '../../../contract'
import type { CohortFilm } from '../../domain/cohort'
import { pseudonym } from '../../domain/report'
import type { StoredCase } from '../../ports'

/** A case of the worklist as the cohort counts it. */
export function cohortFilmOf({ sha256 }: Pick<StoredCase, 'sha256'>, summary: CaseSummary): CohortFilm {
  const { id, reportLabel, probability, patientKey, view, sex, age, queues, readBy, audit } = summary
  return {
    ...{ id, probability, view, sex, age, queues },
    pseudonym: pseudonym(sha256),
    label: reportLabel,
    patient: patientKey,
    labelledBy: null,
    readers: readBy,
    audit: audit && { bitsLeft: audit.bitsLeft, aboveFlat: audit.aboveFlat, decisionKept: audit.decisionKept },
  }
}

/** The worklist as the cohort counts it, whenever it is asked. */
export function worklistFilms(worklist: {
  stored(): StoredCase[]
  summary(id: CaseId): CaseSummary
}): () => CohortFilm[] {
  return () => worklist.stored().map((stored) => cohortFilmOf(stored, worklist.summary(stored.id)))
}
