import type { ZoneName } from './zoneNames'

/** Sides in words: the picture's, which are not always the patient's, nor those of a film turned on screen. */
export const SIDE_WORDS = {
  left: 'left of the picture as stored',
  right: 'right of the picture as stored',
} as const

/** Zones as window and report name them. */
export const ZONE_TITLES: Readonly<Record<ZoneName, string>> = {
  'costophrenic-picture-left': 'Costophrenic zone, picture left',
  'costophrenic-picture-right': 'Costophrenic zone, picture right',
  'lung-picture-left': 'Lung, picture left',
  'lung-picture-right': 'Lung, picture right',
  mediastinum: 'Mediastinum',
  body: 'Rest of the body',
  border: 'Border of the film',
  markers: 'Markers',
  outside: 'Outside the body',
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
