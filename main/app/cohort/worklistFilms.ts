import type { CaseId, CaseSummary, Sha256 } from '../../../contract'
import type { CohortFilm } from '../../domain/cohort'
import { isAuditOf, isDecisionOf, type DecidingClassifier } from '../../domain/decidingClassifier'
import { pseudonym } from '../../domain/report'
import type { StoredCase } from '../../ports'
import { inTurns } from '../worklist'

type Stored = Pick<StoredCase, 'sha256' | 'addedAt' | 'reportLabel' | 'decision'>

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
  { sha256, addedAt, reportLabel, decision }: Stored,
  { summary, confirmed }: { readonly summary: CaseSummary; readonly confirmed: boolean },
  { classifier, flow }: ModelsInUse,
): CohortFilm {
  const { id, patientKey, view, sex, age, queues, readBy, audit } = summary
  const counts = audit !== null && isAuditOf(audit, classifier) && audit.flow === flow && audit.whole
  // No spreads: they take most of the time that five thousand films need here.
  return {
    id,
    addedAt,
    view,
    sex,
    age,
    queues,
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

/**
 * The worklist as the cohort counts it, whenever it is asked: labels and decisions are of one moment, although thousands of films are gone through
 * in turns. One that is removed meanwhile is left out.
 */
export function worklistFilms(worklist: {
  stored(): StoredCase[]
  has(id: CaseId): boolean
  summary(id: CaseId): CaseSummary
  isConfirmed(id: CaseId): boolean
}): (by: ModelsInUse) => Promise<CohortFilm[]> {
  return async (by) => {
    const films: CohortFilm[] = []
    for await (const stored of inTurns(worklist.stored())) {
      const { id } = stored
      if (!worklist.has(id)) continue
      const now = { summary: worklist.summary(id), confirmed: worklist.isConfirmed(id) }
      films.push(cohortFilmOf(stored, now, by))
    }
    return films
  }
}
