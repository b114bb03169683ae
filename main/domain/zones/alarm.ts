import {
  sha256,
  type AuditMaps,
  type AuditRecord,
  type ObjectiveName,
  type PresetName,
  type Sha256,
  type ShortcutAlarm,
} from '../../../contract'
import { peakOutside } from './peakOutside'
import { SIDE } from './picture'

/** Where the alarm rings, on what share of clean classifiers' audits it rings all the same, and how many these were. */
export interface AlarmThreshold {
  /** Bits per pixel above flat. */
  readonly threshold: number
  readonly falseAlarmRate: number
  readonly audits: number
}

interface AlarmCalibration extends AlarmThreshold {
  /** Hash of the weights of the flow that it was measured with. */
  readonly flow: Sha256
}

/** How the picture came about: the calibration holds for one kind of audit. */
export interface AuditedHow {
  readonly preset: PresetName
  readonly objective: ObjectiveName
  /** Hash of the flow's weights: bits of another flow are other numbers. */
  readonly flow: Sha256
  readonly restricted: boolean
  /** False: cut off, so that structure by chance has not been pressed out yet. */
  readonly finished: boolean
  /** Searched from the film on, not from the instant estimate or as earlier versions did. */
  readonly fromFilm: boolean
  /** A picture that is no counterpart shows nothing about the decision. */
  readonly decisionKept: boolean
}

/** As a record says, or what it will be made of. */
export function auditedHow({
  preset,
  objective,
  flow,
  restriction,
  stopped,
  settings,
  decisionKept,
}: Pick<
  AuditRecord,
  'preset' | 'objective' | 'flow' | 'restriction' | 'stopped' | 'settings' | 'decisionKept'
>): AuditedHow {
  return {
    ...{ preset, objective, flow: flow.sha256, restricted: Boolean(restriction) },
    ...{ finished: stopped === 'finished', fromFilm: settings['start'] === 'film', decisionKept },
  }
}

/**
 * Measured by `simplebits benchmark shortcuts` (docs/results/shortcuts.md; a test compares them). Null would be: not measured, so that
 * no alarm is raised and none is denied.
 */
export const ALARM_CALIBRATION: AlarmCalibration | null = {
  threshold: 1.61,
  falseAlarmRate: 0.07,
  audits: 42,
  flow: sha256.parse('730d605b5015656251b929a6931fd2eb3417acde299f3f7e241c89ea4df3a58e'),
}

/** Side of the frame round the place, in model pixels. */
const FRAME = 24

/**
 * Rings where kept bits lie more densely in border, markers or outside the body than on nearly all films of clean classifiers.
 * Null, which is neither alarm nor all-clear, for audits that the calibration does not hold for: a quick search, or one
 * that was cut off, still has chance structure everywhere, and a restricted one keeps a part of the film itself, and
 * one that lost the decision does not show what it hangs on.
 *
 * @param labels zone numbers, one a pixel
 */
export function alarmOf(
  labels: Uint8Array,
  maps: AuditMaps,
  at: { readonly how: AuditedHow; readonly calibration?: AlarmCalibration | null },
): ShortcutAlarm | null {
  const { how, calibration = ALARM_CALIBRATION } = at
  if (!calibration || !holdsFor(how, calibration.flow)) return null
  const peak = peakOutside(labels, maps)
  const raised = peak !== null && peak.bits >= calibration.threshold
  const { threshold, falseAlarmRate, audits } = calibration
  return {
    ...{ raised, peak: peak?.bits ?? null, threshold, falseAlarmRate, audits },
    zone: raised ? peak.zone : null,
    place: raised ? frameRound(peak.index) : null,
  }
}

function holdsFor(how: AuditedHow, calibratedFlow: Sha256): boolean {
  const { preset, objective, flow, restricted, finished, fromFilm, decisionKept } = how
  const searchedAlike = preset !== 'quick' && objective === 'activation' && fromFilm && finished
  return searchedAlike && flow === calibratedFlow && !restricted && decisionKept
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
export function calibrationOf(cleanPeaks: readonly number[]): AlarmThreshold | null {
  const sorted = [...cleanPeaks].sort((a, b) => a - b)
  if (sorted.length < 20) return null
  const threshold = sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Infinity
  const rang = sorted.filter((value) => value >= threshold).length
  return { threshold, falseAlarmRate: rang / sorted.length, audits: sorted.length }
}
