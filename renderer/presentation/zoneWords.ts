import type { AuditRecord, AuditRestriction, FilmOrientation, ZoneName } from '../../contract'
import { percent, pictureSides, SIDE_WORDS, ZONE_TITLES } from '../../contract/shared'
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

export interface RestrictionChoice {
  readonly value: string
  readonly title: string
  readonly zones: readonly ZoneName[]
}

/** What can be kept or simplified by itself; a lung with its costophrenic zone is one choice. */
export const restrictionChoices: readonly RestrictionChoice[] = [
  { value: 'base-left', title: ZONE_TITLES['costophrenic-picture-left'], zones: ['costophrenic-picture-left'] },
  { value: 'base-right', title: ZONE_TITLES['costophrenic-picture-right'], zones: ['costophrenic-picture-right'] },
  {
    value: 'bases',
    title: 'Both costophrenic zones',
    zones: ['costophrenic-picture-left', 'costophrenic-picture-right'],
  },
  {
    value: 'lung-left',
    title: ZONE_TITLES['lung-picture-left'],
    zones: ['lung-picture-left', 'costophrenic-picture-left'],
  },
  {
    value: 'lung-right',
    title: ZONE_TITLES['lung-picture-right'],
    zones: ['lung-picture-right', 'costophrenic-picture-right'],
  },
  {
    value: 'lungs',
    title: 'Both lungs',
    zones: ['lung-picture-left', 'costophrenic-picture-left', 'lung-picture-right', 'costophrenic-picture-right'],
  },
  { value: 'mediastinum', title: ZONE_TITLES.mediastinum, zones: ['mediastinum'] },
  { value: 'outside', title: 'Border, markers, outside the body', zones: ['border', 'markers', 'outside'] },
]

/** What an audit of one part costs, where one of the whole film is there: the store keeps one audit a film. Null where it costs nothing. */
export function replacedSentence(
  audit: Pick<AuditRecord, 'restriction' | 'simplified' | 'original'> | null,
): string | null {
  if (!audit || audit.restriction) return null
  const share = percent(audit.simplified.bits / audit.original.bits)
  return `The audit of the whole film, ${share} of the bits, goes; a report made from it stays. To have it back, audit the whole film again.`
}

/** Which part of the picture an audit simplified, or left. */
export type Part = Pick<AuditRestriction, 'mode' | 'zones'> & { readonly brushed: boolean }

/** "Both lungs: kept as on the film, all else simplified". */
export const restrictionWords = (part: Part): string => capital(partWords(part))

/** The same inside a sentence. */
export function partWords({ mode, zones, brushed }: Part): string {
  const known = restrictionChoices.find(
    (choice) => choice.zones.length === zones.length && choice.zones.every((zone) => zones.includes(zone)),
  )
  const names = known?.title ?? zones.map((zone) => ZONE_TITLES[zone]).join(' and ')
  const what = brushed ? 'the brushed place' : names.toLowerCase()
  return mode === 'keep'
    ? `${what}: kept as on the film, all else simplified`
    : `only ${what} simplified, all else as on the film`
}
