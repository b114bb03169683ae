import {
  averagedMap,
  ZONE_NAMES,
  type AuditMaps,
  type ShortcutAlarm,
  type ZoneBits,
  type ZoneName,
} from '../../../contract'
import { OUTSIDE_ANATOMY, outsideShares } from './outsideShare'
import { SIDE } from './picture'

/** Where the alarm rings, and on what share of clean classifiers' audits it rings all the same. */
export interface AlarmCalibration {
  /** Share of the bits above flat outside anatomy, over the film's own share there. */
  readonly threshold: number
  readonly falseAlarmRate: number
}

/**
 * Null: audits of clean classifiers have not been measured (docs/results/shortcuts.md), so that no alarm is raised and none is
 * denied. To be set to the 95th percentile over those audits, as `simplebits benchmark shortcuts` prints it.
 */
export const ALARM_CALIBRATION: AlarmCalibration | null = null

/** With less than this of the film's bits outside anatomy a ratio says nothing. */
const LEAST_FILM_SHARE = 0.01
/** Side of the frame round the place, in model pixels. */
const FRAME = 20

/**
 * Rings where what survived lies in border, markers or outside the body so many times more than the film's own bits do.
 * The place is where the averaged bit map is highest in the zone that grew most.
 *
 * @param labels zone numbers, one a pixel
 */
export function alarmOf(
  labels: Uint8Array,
  maps: AuditMaps,
  calibration: AlarmCalibration | null = ALARM_CALIBRATION,
): ShortcutAlarm | null {
  if (!calibration) return null
  const { share, filmShare, rows } = outsideShares(labels, maps)
  const enrichment = share === null || filmShare === null || filmShare < LEAST_FILM_SHARE ? null : share / filmShare
  const raised = enrichment !== null && enrichment >= calibration.threshold
  const zone = raised ? zoneThatGrew(rows) : null
  return { raised, share, enrichment, ...calibration, zone, place: zone && placeIn(zone, labels, maps.simplified) }
}

function zoneThatGrew(rows: readonly ZoneBits[]): ZoneName | null {
  const outside = rows.filter(({ zone }) => OUTSIDE_ANATOMY.includes(zone))
  const growth = ({ share, filmShare }: ZoneBits) => (share ?? 0) - (filmShare ?? 0)
  return outside.sort((a, b) => growth(b) - growth(a))[0]?.zone ?? null
}

function placeIn(zone: ZoneName, labels: Uint8Array, map: Float32Array): ShortcutAlarm['place'] {
  const averaged = averagedMap(map)
  const label = ZONE_NAMES.indexOf(zone)
  let highest = -1
  for (let i = 0; i < labels.length; i++)
    if (labels[i] === label && (highest < 0 || (averaged[i] ?? 0) > (averaged[highest] ?? 0))) highest = i
  if (highest < 0) return null
  const within = (value: number) => Math.min(SIDE - FRAME, Math.max(0, value - FRAME / 2))
  const [x, y] = [within((highest % SIDE) + 0.5), within(Math.floor(highest / SIDE) + 0.5)]
  return { x, y, width: FRAME, height: FRAME }
}

/**
 * The rule behind a calibration: the 95th percentile (nearest rank) of clean audits' enrichments, and the share of them at or
 * above it. Null for fewer than twenty: a percentile of less is one film's chance.
 */
export function calibrationOf(cleanEnrichments: readonly number[]): AlarmCalibration | null {
  const sorted = [...cleanEnrichments].sort((a, b) => a - b)
  if (sorted.length < 20) return null
  const threshold = sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Infinity
  return { threshold, falseAlarmRate: sorted.filter((value) => value >= threshold).length / sorted.length }
}
