import type { ReportLabel } from '../../contract'

/** What reports say of films, where a table is at hand. Never guessed. */
export interface LabelSource {
  /** @param files all films that are asked about: a name that several of them have says nothing of any */
  labelsOf(files: readonly string[]): {
    /** By file; one of which nothing certain is known is not there. */
    readonly labels: ReadonlyMap<string, ReportLabel>
    /** What of the tables was not used, and why, in sentences. */
    readonly unused: readonly string[]
  }
}
