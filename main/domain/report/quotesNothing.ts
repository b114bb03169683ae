import type { FilmWarning } from '../../../contract'
import { CHEST_DOUBTS } from '../zones'

/** Warnings about a file that quote nothing of it, or terms of the standard alone. */
const FILE_CODES: ReadonlySet<string> = new Set([
  'ASPECT_IGNORED',
  'BODY_PART',
  'BURNED_IN_TEXT',
  'FOR_PROCESSING',
  'INCOMPLETE_PICTURE',
  'LATERAL_VIEW',
  'LAYOUT_UNSAID',
  'LOSSY',
  'MODALITY_MISSING',
  'OVERLAY_NOT_SHOWN',
  'POLARITY_CONTRADICTED',
  'POLARITY_TURNED',
  'POLARITY_UNUSUAL',
  'SHUTTER_NOT_APPLIED',
  'SPACING_IGNORED',
  'SPACING_PLANE_UNKNOWN',
  'SURPLUS_PIXELS',
  'TRAILING_BYTES',
  'VOI_DEPTH',
  'VOI_IGNORED',
  'WRONG_MODALITY',
])

/** How the engine's own sentences about an audit begin (`auditWarnings`); it knows nothing of the file. */
const ENGINE_BEGINNINGS: readonly string[] = [
  'No simpler picture was found that keeps the decision.',
  'The picture shown is NOT a counterpart of this film:',
  'The decision is kept, but the classifier does not use this picture',
  "The film's own probability is so near the threshold",
  'The audit was stopped ',
  'The search left the range of numbers',
  "The film lies outside the flow's range",
  "The counterpart lies outside the flow's range",
]

/** Whether a warning of a record is the program's own wording: no report goes without it, whatever words it shares with a header. */
export const quotesNothing = (text: string, ofFile: readonly FilmWarning[]): boolean =>
  CHEST_DOUBTS.includes(text) ||
  ENGINE_BEGINNINGS.some((beginning) => text.startsWith(beginning)) ||
  ofFile.some(({ code, message }) => FILE_CODES.has(code) && message === text)
