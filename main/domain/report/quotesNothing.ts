import type { FilmWarning, FilmWarningCode } from '../../../contract'
import { CHEST_DOUBTS } from '../zones'

/** Whether a warning about a file quotes it; terms of the standard name nobody. */
const QUOTES: Readonly<Record<FilmWarningCode, boolean>> = {
  ASPECT_IGNORED: false,
  BODY_PART: false,
  BURNED_IN_TEXT: false,
  FOR_PROCESSING: false,
  INCOMPLETE_PICTURE: false,
  LATERAL_VIEW: false,
  LAYOUT_UNSAID: false,
  LOSSY: false,
  MODALITY_MISSING: false,
  OVERLAY_NOT_SHOWN: false,
  POLARITY_CONTRADICTED: false,
  POLARITY_TURNED: false,
  POLARITY_UNUSUAL: false,
  SHUTTER_NOT_APPLIED: false,
  SPACING_IGNORED: false,
  SPACING_PLANE_UNKNOWN: false,
  SURPLUS_PIXELS: false,
  TRAILING_BYTES: false,
  VOI_DEPTH: false,
  VOI_IGNORED: false,
  WRONG_MODALITY: false,
}

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
  ofFile.some(({ code, message }) => isOwn(code) && message === text)

/** A code that is not known any more may have quoted. */
const isOwn = (code: string): boolean => code in QUOTES && !QUOTES[code as FilmWarningCode]
