import type { AuditRecord, FilmOrientation, ZoneName } from '../../contract'
import { partWords, percent, pictureSides, SIDE_WORDS, type Part } from '../../contract/shared'
import { capital } from './words'

/** What left and right mean in the names of zones, and whether the film on screen lies as it is stored (upright). */
export const sidesHint = (orientation: FilmOrientation | null, { upright }: { upright: boolean }): string =>
  `${upright ? '' : 'The film is turned or flipped on screen. '}${pictureSides(orientation)}`

/** What lies in a zone. */
export const zoneHints: Readonly<Record<ZoneName, string>> = {
  'costophrenic-picture-left': `Around the costophrenic angle, ${SIDE_WORDS.left}.`,
  'costophrenic-picture-right': `Around the costophrenic angle, ${SIDE_WORDS.right}.`,
  'lung-picture-left': `The rest of the lung field, ${SIDE_WORDS.left}.`,
  'lung-picture-right': `The rest of the lung field, ${SIDE_WORDS.right}.`,
  mediastinum: 'Between the two lung fields: heart, great vessels, spine.',
  body: 'Chest wall, shoulders, neck, arms and abdomen.',
  border: 'The outermost 4 % of the film.',
  markers: 'Lead letters, tags and other small bright things near the edges.',
  outside: 'Air beside the body and the black bars around the film.',
}

/** What an audit of one part costs, where one of the whole film is there: the store keeps one audit a film. Null where it costs nothing. */
export function replacedSentence(
  audit: Pick<AuditRecord, 'restriction' | 'simplified' | 'original'> | null,
): string | null {
  if (!audit || audit.restriction) return null
  const share = percent(audit.simplified.bits / audit.original.bits)
  return `The audit of the whole film, ${share} of the bits, goes; a report made from it stays. To have it back, audit the whole film again.`
}

/** "Both lungs: kept as on the film, all else simplified". */
export const restrictionWords = (part: Part): string => capital(partWords(part))
