import type { CaseId, CaseSummary, Sha256 } from '../../../contract'
import type { CohortFilm } from '../../domain/cohort'
import { isAuditOf, isDecisionOf, type DecidingClassifier } from '../../domain/decidingClassifier'
import { pseudonym } from '../../domain/report'
import { isConfirmed } from '../../domain/suitability'
import type { StoredCase } from '../../ports'

type Stored = Pick<StoredCase, 'sha256' | 'addedAt' | 'decision' | 'warnings'>

/** The classifier that decides and the weights that measure bits now. */
export interface ModelsInUse {
  readonly classifier: Pick<DecidingClassifier, 'sha256' | 'rule' | 'threshold'>
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
  const counts = audit !== null && isAuditOf(audit, classifier) && audit.flow === flow && audit.whole
  const confirmed = isConfirmed(warnings, audit !== null)
  return {
    ...{ id, addedAt, view, sex, age, queues },
    probability: confirmed && decision && isDecisionOf(decision, classifier) ? decision.probability : null,
    unconfirmed: !confirmed,
    pseudonym: pseudonym(sha256),
    label: reportLabel,
    patient: patientKey,
    readers: readBy,
    audit: counts ? pick(audit) : null,
    otherAudit: audit !== null && !counts,
  }
}

function pick(audit: NonNullable<CaseSummary['audit']>): CohortFilm['audit'] {
  const { bitsLeft, aboveFlat, decisionKept, preset, objective } = audit
  return { bitsLeft, aboveFlat, decisionKept, preset, objective }
}

/** The worklist as the cohort counts it, whenever it is asked. */
export function worklistFilms(worklist: {
  stored(): StoredCase[]
  summary(id: CaseId): CaseSummary
}): (by: ModelsInUse) => CohortFilm[] {
  return (by) => worklist.stored().map((stored) => cohortFilmOf(stored, worklist.summary(stored.id), by))
}
