import { caseId } from '../../contract'
import type { CohortAudit, CohortFilm } from '../../main/domain/cohort'

/** A film of a cohort of which only the named fields matter. */
export function cohortFilm(number: number, fields: Partial<CohortFilm> = {}): CohortFilm {
  return {
    id: caseId.parse(`film-${number}`),
    pseudonym: `SB-${number}`,
    label: null,
    probability: null,
    unconfirmed: false,
    patient: `patient-${number}`,
    view: null,
    sex: null,
    age: null,
    queues: [],
    addedAt: '2026-01-01T00:00:00.000Z',
    readers: [],
    audit: null,
    otherAudit: false,
    ...fields,
  }
}

/** A standard audit of which only the named fields matter. */
export function cohortAudit(fields: Partial<CohortAudit> = {}): CohortAudit {
  return { bitsLeft: 0.4, aboveFlat: 0.1, decisionKept: true, preset: 'standard', objective: 'activation', ...fields }
}

/** Films of known label and probability: [effusion?, probability]. */
export function cohortFilms(words: readonly (readonly [boolean, number])[]): CohortFilm[] {
  return words.map(([positive, probability], i) =>
    cohortFilm(i, { label: positive ? 'effusion' : 'no effusion', probability }),
  )
}
