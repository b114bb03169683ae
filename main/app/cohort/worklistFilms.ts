import type { CaseId, CaseSummary, Sha256 } from '../../../contract'
import type { CohortFilm } from '../../domain/cohort'
import { pseudonym } from '../../domain/report'
import { isConfirmed } from '../../domain/suitability'
import type { StoredCase } from '../../ports'

type Stored = Pick<StoredCase, 'sha256' | 'addedAt' | 'decision' | 'warnings'>

/** The weights that decide and those that measure bits now. */
export interface ModelsInUse {
  readonly classifier: Sha256
  readonly flow: Sha256
}

/**
 * A case of the worklist as the cohort of one classifier counts it: what another one said, or was audited for, is not its; nor are
 * bits of another flow, of a part of the film, or of a search that was cut off comparable with the others. What the classifier says
 * of a film that has to be confirmed does not count before that.
 */
export function cohortFilmOf(
  { sha256, addedAt, decision, warnings }: Stored,
  summary: CaseSummary,
  { classifier, flow }: ModelsInUse,
): CohortFilm {
  const { id, reportLabel, patientKey, view, sex, age, queues, readBy, audit } = summary
  const counts = audit !== null && audit.classifier === classifier && audit.flow === flow && audit.whole
  const confirmed = isConfirmed(warnings, audit !== null)
  return {
    ...{ id, addedAt, view, sex, age, queues },
    probability: confirmed && decision?.model === classifier ? decision.probability : null,
    unconfirmed: !confirmed,
    pseudonym: pseudonym(sha256),
    label: reportLabel,
    patient: patientKey,
    readers: readBy,
    audit: counts ? pick(audit) : null,
    otherAudit: audit !== null && !counts,
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
}): (by: ModelsInUse) => CohortFilm[] {
  return (by) => worklist.stored().map((stored) => cohortFilmOf(stored, worklist.summary(stored.id), by))
}
