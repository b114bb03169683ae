import type { ZoneName } from './zoneNames'
import { ZONE_TITLES } from './zoneWords'

interface RestrictionChoice {
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
