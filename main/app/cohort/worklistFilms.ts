import type { CaseId, CaseSummary, Sha256 } from '../../../contract'
import type { CohortFilm } from '../../domain/cohort'
import { pseudonym } from '../../domain/report'
import type { StoredCase } from '../../ports'

type Stored = Pick<StoredCase, 'sha256' | 'addedAt' | 'decision'>

/** A case of the worklist as the cohort of one classifier counts it: what another one said, or was audited for, is not its. */
export function cohortFilmOf({ sha256, addedAt, decision }: Stored, summary: CaseSummary, by: Sha256): CohortFilm {
  const { id, reportLabel, patientKey, view, sex, age, queues, readBy, audit } = summary
  return {
    ...{ id, addedAt, view, sex, age, queues },
    probability: decision?.model === by ? decision.probability : null,
    pseudonym: pseudonym(sha256),
    label: reportLabel,
    patient: patientKey,
    readers: readBy,
    audit: audit?.classifier === by ? pick(audit) : null,
    otherAudit: audit !== null && audit.classifier !== by,
  }
}

const pick = ({ bitsLeft, aboveFlat, decisionKept }: NonNullable<CaseSummary['audit']>): CohortFilm['audit'] => ({
  bitsLeft,
  aboveFlat,
  decisionKept,
})

/** The worklist as the cohort counts it, whenever it is asked. */
export function worklistFilms(worklist: {
  stored(): StoredCase[]
  summary(id: CaseId): CaseSummary
}): (by: Sha256) => CohortFilm[] {
  return (by) => worklist.stored().map((stored) => cohortFilmOf(stored, worklist.summary(stored.id), by))
}
