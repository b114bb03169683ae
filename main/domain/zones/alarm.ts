import {
  sha256,
  type AuditMaps,
  type AuditRecord,
  type ObjectiveName,
  type PresetName,
  type RaisedAlarm,
  type Sha256,
  type ShortcutAlarm,
} from '../../../contract'
import { peakOutside } from './peakOutside'
import { SIDE } from './picture'

/** Where the alarm rings, and how often it did on the audits that it was measured on. */
export type AlarmThreshold = Pick<ShortcutAlarm, 'threshold' | 'cheating' | 'clean'>

interface AlarmCalibration extends AlarmThreshold {
  /** Hash of the weights of the flow that it was measured with. */
  readonly flow: Sha256
}

/** How the picture came about: the calibration holds for one kind of audit. */
export interface AuditedHow {
  readonly preset: PresetName
  readonly objective: ObjectiveName
  /** Hash of the flow's weights: another flow presses otherwise. */
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
    preset,
    objective,
    flow: flow.sha256,
    restricted: Boolean(restriction),
    finished: stopped === 'finished',
    fromFilm: settings['start'] === 'film',
    decisionKept,
  }
}

/**
 * Measured by `simplebits benchmark shortcuts` (docs/results/shortcuts.md; a test compares them). Null would be: not measured, so that
 * no alarm is raised and none is denied.
 */
export const ALARM_CALIBRATION: AlarmCalibration | null = {
  threshold: 0.41,
  cheating: { audits: 126, rang: 120 },
  clean: { audits: 42, rang: 0 },
  flow: sha256.parse('730d605b5015656251b929a6931fd2eb3417acde299f3f7e241c89ea4df3a58e'),
}

/** Side of the frame round the place, in model pixels. */
const FRAME = 24

/**
 * Rings where as much fine detail is left in border, markers or outside the body as on nearly all films whose classifier
 * reads a sign there. Null, which is neither alarm nor all-clear, for audits that the calibration does not hold for: a quick
 * search, or one that was cut off, still has chance structure everywhere, and a restricted one keeps a part of the film
 * itself, and one that lost the decision does not show what it hangs on; earlier versions kept no map of fine detail.
 *
 * @param labels zone numbers, one a pixel
 */
export function alarmOf(
  labels: Uint8Array,
  maps: Pick<AuditMaps, 'fineDetail'>,
  at: { readonly how: AuditedHow; readonly calibration?: AlarmCalibration | null },
): ShortcutAlarm | null {
  const { how, calibration = ALARM_CALIBRATION } = at
  if (!calibration || !maps.fineDetail || !holdsFor(how, calibration.flow)) return null
  const peak = peakOutside(labels, maps.fineDetail)
  const { threshold, cheating, clean } = calibration
  const basis = { measure: 'fineDetail', threshold, cheating, clean } as const
  if (peak === null || peak.share < threshold)
    return { raised: false, ...basis, peak: peak?.share ?? null, zone: null, place: null }
  return { raised: true, ...basis, peak: peak.share, zone: peak.zone, place: frameRound(peak.index) }
}

function holdsFor(how: AuditedHow, calibratedFlow: Sha256): boolean {
  const { preset, objective, flow, restricted, finished, fromFilm, decisionKept } = how
  const searchedAlike = preset !== 'quick' && objective === 'activation' && fromFilm && finished
  return searchedAlike && flow === calibratedFlow && !restricted && decisionKept
}

function frameRound(index: number): RaisedAlarm['place'] {
  const within = (value: number) => Math.min(SIDE - FRAME, Math.max(0, value - FRAME / 2))
  const [x, y] = [within((index % SIDE) + 0.5), within(Math.floor(index / SIDE) + 0.5)]
  return { x, y, width: FRAME, height: FRAME }
}

/**
 * The rule behind a calibration: the highest threshold, in whole hundredths, that rings on 95 of 100 audits of classifiers
 * that cheat. Null for fewer than twenty of either kind: a percentile of less is one film's chance.
 *
 * @param peaks shares, 0 … 1, of audits of classifiers that cheat and of clean ones
 */
export function calibrationOf(peaks: {
  readonly cheating: readonly number[]
  readonly clean: readonly number[]
}): AlarmThreshold | null {
  const { cheating, clean } = peaks
  if (Math.min(cheating.length, clean.length) < 20) return null
  const descending = [...cheating].sort((a, b) => b - a)
  const threshold = Math.floor(100 * (descending[Math.ceil(0.95 * cheating.length) - 1] ?? 1)) / 100
  const counted = (of: readonly number[]) => ({
    audits: of.length,
    rang: of.filter((peak) => peak >= threshold).length,
  })
  return { threshold, cheating: counted(cheating), clean: counted(clean) }
}
