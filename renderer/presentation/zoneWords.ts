import type { AuditRestriction, FilmOrientation, ZoneName } from '../../contract'
import { pictureSides } from '../../contract/pictureSides'

/** What left and right mean in the names of zones, and whether the film on screen lies as it is stored (upright). */
export const sidesHint = (orientation: FilmOrientation | null, { upright }: { upright: boolean }): string =>
  `${upright ? '' : 'The film is turned or flipped on screen. '}${pictureSides(orientation)}`

export interface ZoneWords {
  readonly name: string
  readonly hint: string
}

const LEFT = 'left of the picture as stored'
const RIGHT = 'right of the picture as stored'

export const zoneWords: Readonly<Record<ZoneName, ZoneWords>> = {
  'costophrenic-picture-left': { name: 'Costophrenic, picture left', hint: `Around the costophrenic angle, ${LEFT}.` },
  'costophrenic-picture-right': {
    name: 'Costophrenic, picture right',
    hint: `Around the costophrenic angle, ${RIGHT}.`,
  },
  'lung-picture-left': { name: 'Lung, picture left', hint: `The rest of the lung field, ${LEFT}.` },
  'lung-picture-right': { name: 'Lung, picture right', hint: `The rest of the lung field, ${RIGHT}.` },
  mediastinum: { name: 'Mediastinum', hint: 'Between the two lung fields: heart, great vessels, spine.' },
  body: { name: 'Rest of the body', hint: 'Chest wall, shoulders, neck, arms and abdomen.' },
  border: { name: 'Border of the film', hint: 'The outermost 4 % of the film.' },
  markers: { name: 'Markers', hint: 'Lead letters, tags and other small bright things near the edges.' },
  outside: { name: 'Outside the body', hint: 'Air beside the body and the black bars around the film.' },
}

/** As a reader looks: where fluid gathers first, then lungs, then what should not matter. */
export const ZONE_ORDER: readonly ZoneName[] = [
  'costophrenic-picture-left',
  'costophrenic-picture-right',
  'lung-picture-left',
  'lung-picture-right',
  'mediastinum',
  'body',
  'border',
  'markers',
  'outside',
]

export interface RestrictionChoice {
  readonly value: string
  readonly title: string
  readonly zones: readonly ZoneName[]
}

/** What can be kept or simplified by itself; a lung with its costophrenic zone is one choice. */
export const restrictionChoices: readonly RestrictionChoice[] = [
  { value: 'base-left', title: 'Costophrenic zone, picture left', zones: ['costophrenic-picture-left'] },
  { value: 'base-right', title: 'Costophrenic zone, picture right', zones: ['costophrenic-picture-right'] },
  {
    value: 'bases',
    title: 'Both costophrenic zones',
    zones: ['costophrenic-picture-left', 'costophrenic-picture-right'],
  },
  { value: 'lung-left', title: 'Lung, picture left', zones: ['lung-picture-left', 'costophrenic-picture-left'] },
  { value: 'lung-right', title: 'Lung, picture right', zones: ['lung-picture-right', 'costophrenic-picture-right'] },
  {
    value: 'lungs',
    title: 'Both lungs',
    zones: ['lung-picture-left', 'costophrenic-picture-left', 'lung-picture-right', 'costophrenic-picture-right'],
  },
  { value: 'mediastinum', title: 'Mediastinum', zones: ['mediastinum'] },
  { value: 'outside', title: 'Border, markers, outside the body', zones: ['border', 'markers', 'outside'] },
]

/** "kept as on the film: both lungs; all else simplified". */
export function restrictionWords({
  mode,
  zones,
  brushed,
}: Pick<AuditRestriction, 'mode' | 'zones'> & { brushed: boolean }): string {
  const known = restrictionChoices.find(
    (choice) => choice.zones.length === zones.length && choice.zones.every((zone) => zones.includes(zone)),
  )
  const what = brushed ? 'the brushed place' : (known?.title ?? zones.map((zone) => zoneWords[zone].name).join(', '))
  return mode === 'keep'
    ? `${what}: kept as on the film, all else simplified`
    : `only ${what} simplified, all else as on the film`
}
