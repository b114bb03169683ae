import type { FilmWarning, FilmWarningCode } from '../../contract'
import { isCaution } from '../../contract/shared'

/** What a row of the worklist says where the file itself speaks against the decision. */
const SHORT: Readonly<Partial<Record<FilmWarningCode, string>>> = {
  WRONG_MODALITY: 'Not a radiograph?',
  FOR_PROCESSING: 'Not a finished film?',
  BODY_PART: 'Not a chest film?',
  LATERAL_VIEW: 'Lateral view',
  INCOMPLETE_PICTURE: 'Picture not complete?',
  SURPLUS_PIXELS: 'More than one picture?',
  LAYOUT_UNSAID: 'Greys read rightly?',
}
const OTHERWISE = 'To be confirmed'

/** "Not a chest film?" with the reason, for a row of the worklist; null where nothing is wrong. */
export function unsuitable(warnings: readonly FilmWarning[]): { readonly text: string; readonly why: string } | null {
  const first = warnings.find(isCaution)
  return first ? { text: SHORT[first.code as FilmWarningCode] ?? OTHERWISE, why: first.message } : null
}

/** Why the decision on this film may mean nothing: what the file says, else what its picture shows. */
export function filmCautions(warnings: readonly FilmWarning[], chestDoubt: string | null): readonly string[] {
  const said = warnings.filter(isCaution).map(({ message }) => message)
  return said.length > 0 || chestDoubt === null ? said : [chestDoubt]
}
