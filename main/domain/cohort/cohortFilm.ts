import type { CaseId, ObjectiveName, PresetName, ReportLabel } from '../../../contract'

/** A whole audit with the models in use. */
export interface CohortAudit {
  /** Shares of the film's own bits. */
  readonly bitsLeft: number
  readonly aboveFlat: number
  readonly decisionKept: boolean
  readonly preset: PresetName
  readonly objective: ObjectiveName
}

/** What the cohort knows of one film. */
export interface CohortFilm {
  readonly id: CaseId
  /** Code under which an export names the film. */
  readonly pseudonym: string
  /** ISO time at which it came into the store. */
  readonly addedAt: string
  readonly label: ReportLabel | null
  /** Probability of effusion; null until the classifier was asked, and where its word does not count yet. */
  readonly probability: number | null
  /** Its file says why it may be no film for the classifier, and nobody has confirmed that it is. */
  readonly unconfirmed: boolean
  /** Whose films are not independent; null where the file does not say. */
  readonly patient: string | null
  readonly view: string | null
  readonly sex: string | null
  /** Years. */
  readonly age: number | null
  readonly queues: readonly string[]
  readonly readers: readonly string[]
  readonly audit: CohortAudit | null
  /** There is an audit, but one that does not compare: of other models, of a part of the film, or cut off. */
  readonly otherAudit: boolean
}

/** A film with both words on it: the report's and the classifier's. */
export interface RatedFilm extends CohortFilm {
  readonly probability: number
  /** The report says effusion. */
  readonly positive: boolean
}

export function ratedFilms(films: readonly CohortFilm[]): RatedFilm[] {
  const rated: RatedFilm[] = []
  for (const film of films) {
    const { label, probability } = film
    if (label !== null && probability !== null) rated.push({ ...film, probability, positive: label === 'effusion' })
  }
  return rated
}

/** The patient of each film; a film whose patient is not known stands for a patient of its own. */
export function patientsOf(films: readonly Pick<CohortFilm, 'id' | 'patient'>[]): string[] {
  return films.map(({ patient, id }) => (patient === null ? `film ${id}` : `patient ${patient}`))
}
