import type { EffusionSeen, ErrorReason } from '../review'

/** Whether the reader sees an effusion that has a size. */
export function isEffusion(seen: EffusionSeen | null): seen is 'left' | 'right' | 'both' {
  return seen === 'left' || seen === 'right' || seen === 'both'
}

/** What a reader sees, in words; the form begins them with a capital. */
export const EFFUSION_WORDS: Readonly<Record<EffusionSeen, string>> = {
  left: 'left',
  right: 'right',
  both: 'both sides',
  none: 'none',
  uncertain: 'uncertain',
}

/** Why the model erred. */
export const REASON_WORDS: Readonly<Record<ErrorReason, string>> = {
  device: 'device',
  marker: 'marker',
  positioning: 'positioning',
  'other-pathology': 'other pathology',
  'poor-film': 'poor film',
  'label-wrong': 'label wrong',
  unknown: 'unknown',
}
