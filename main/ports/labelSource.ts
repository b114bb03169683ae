import type { ReportLabel, Sha256 } from '../../contract'

/** What reports say of films, where a table is at hand. Never guessed. */
export interface LabelSource {
  labelOf(film: { readonly file: string; readonly sha256: Sha256 }): ReportLabel | null
}
