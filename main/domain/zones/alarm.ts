import {
  BUNDLED_FLOW,
  type AuditMaps,
  type AuditRecord,
  type ModelName,
  type ObjectiveName,
  type PresetName,
  type ShortcutAlarm,
} from '../../../contract'
import { outsideShares } from './outsideShare'
import { peakOutside } from './peakOutside'
import { SIDE } from './picture'

/** Where the alarm rings, and on what share of clean classifiers' audits it rings all the same. */
export interface AlarmCalibration {
  /** Bits per pixel above flat. */
  readonly threshold: number
  readonly falseAlarmRate: number
}

/** How the picture came about: the calibration holds for one kind of audit. */
export interface AuditedHow {
  readonly preset: PresetName
  readonly objective: ObjectiveName
  readonly flow: ModelName
  readonly restricted: boolean
}

/** As far as a stored record says. */
export function auditedHow({ preset, objective, flow, restriction }: AuditRecord): AuditedHow {
  return { preset, objective, flow: flow.name, restricted: restriction !== undefined && restriction !== null }
}

/**
 * Measured by `simplebits benchmark shortcuts` (docs/results/shortcuts.md; a test compares them). Null would be: not measured, so that
 * no alarm is raised and none is denied.
 */
export const ALARM_CALIBRATION: AlarmCalibration | null = { threshold: 1.48, falseAlarmRate: 0.07 }

/** Side of the frame round the place, in model pixels. */
const FRAME = 24

/**
 * Rings where kept bits lie more densely in border, markers or outside the body than on nearly all films of clean classifiers.
 * Null, which is neither alarm nor all-clear, for audits that the calibration does not hold for: a quick search still has
 * chance structure everywhere, and a restricted one keeps a part of the film itself.
 *
 * @param labels zone numbers, one a pixel
 */
export function alarmOf(
  labels: Uint8Array,
  maps: AuditMaps,
  at: { readonly how: AuditedHow; readonly calibration?: AlarmCalibration | null },
): ShortcutAlarm | null {
  const { how, calibration = ALARM_CALIBRATION } = at
  if (!calibration || !holdsFor(how)) return null
  const peak = peakOutside(labels, maps)
  const raised = peak !== null && peak.bits >= calibration.threshold
  const { share } = outsideShares(labels, maps)
  return {
    ...{ raised, share, peak: peak?.bits ?? null, ...calibration },
    zone: raised ? peak.zone : null,
    place: raised ? frameRound(peak.index) : null,
  }
}

function holdsFor({ preset, objective, flow, restricted }: AuditedHow): boolean {
  return preset !== 'quick' && objective === 'activation' && flow === BUNDLED_FLOW && !restricted
}

function frameRound(index: number): ShortcutAlarm['place'] {
  const within = (value: number) => Math.min(SIDE - FRAME, Math.max(0, value - FRAME / 2))
  const [x, y] = [within((index % SIDE) + 0.5), within(Math.floor(index / SIDE) + 0.5)]
  return { x, y, width: FRAME, height: FRAME }
}

/**
 * The rule behind a calibration: the 95th percentile (nearest rank) of clean audits' peaks, and the share of them at or above
 * it. Null for fewer than twenty: a percentile of less is one film's chance.
 */
export function calibrationOf(cleanPeaks: readonly number[]): AlarmCalibration | null {
  const sorted = [...cleanPeaks].sort((a, b) => a - b)
  if (sorted.length < 20) return null
  const threshold = sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Infinity
  return { threshold, falseAlarmRate: sorted.filter((value) => value >= threshold).length / sorted.length }
}
