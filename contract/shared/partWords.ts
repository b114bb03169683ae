import type { RecordedRestriction } from '../zones'
import { restrictionChoices } from './restrictionChoices'
import { ZONE_TITLES } from './zoneWords'

/** Which part of the film an audit simplified, or left. */
export type Part = Pick<RecordedRestriction, 'mode' | 'zones' | 'brushed'>

/** "both lungs: kept as on the film, all else simplified", for inside a sentence. */
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
