import type { FilmWarning, FilmWarningCode } from '../film'

/** What the file says of its picture that need not be confirmed, and yet takes the meaning from the decision. */
const OTHER_PICTURES: ReadonlySet<string> = new Set<FilmWarningCode>(['BODY_PART', 'LATERAL_VIEW'])

/**
 * Whether a warning says why the classifier's word on the film may mean nothing. Such a sentence quotes no free text of the file;
 * no report goes without it, and the window says it above the decision.
 */
export const isCaution = ({ code, mustConfirm }: Pick<FilmWarning, 'code' | 'mustConfirm'>): boolean =>
  mustConfirm || OTHER_PICTURES.has(code)

/** Whether somebody has to say yes before the film is audited or explained (a CT slice, for instance). */
export const mustBeConfirmed = (warnings: readonly Pick<FilmWarning, 'mustConfirm'>[]): boolean =>
  warnings.some(({ mustConfirm }) => mustConfirm)
