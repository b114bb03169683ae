import type { AuditRecord, CaseSummary, ShortcutAlarm } from '../../contract'
import { isDecisionKept, percent, ZONE_TITLES } from '../../contract/shared'

/** Density of bits above a flat picture; the digits of the threshold as it was measured. */
const dense = (bits: number): string => bits.toFixed(2)

/** The alarm in a reader's words: what, where, how near the threshold, and how often it is wrong. */
export function alarmSentences(alarm: ShortcutAlarm): { title: string; text: string; basis: string } {
  const { raised, peak, threshold, zone } = alarm
  const where = zone ? ZONE_TITLES[zone].toLowerCase() : 'a part without anatomy'
  const density = peak === null ? '' : ` (${dense(peak)} bits per pixel above a flat picture)`
  const here = peak === null || raised ? '' : ` Here it is ${dense(peak)} at most.`
  return {
    title: raised ? 'The decision may hang on something that is no anatomy.' : 'No alarm on this film.',
    text: raised
      ? `Fine structure was kept where no anatomy is${density}, in: ${where}. The place is framed in red where the chosen result is shown. Look there before you trust this decision.`
      : '',
    basis: `It rings where kept bits lie more densely outside anatomy than ${dense(threshold)} bits per pixel above a flat picture.${here} ${setOn(alarm)}; how often it is wrong on other films was not measured. No alarm is no proof that there is no shortcut.`,
  }
}

/** What a row of the worklist says of a raised alarm; null: none, or none of the classifier that decides now. */
export function rowAlarm({ alarm, audit }: Pick<CaseSummary, 'alarm' | 'audit'>): string | null {
  return alarm?.raised && audit?.ofClassifierInUse ? alarmSentences(alarm).title : null
}

/** Why an audit has neither alarm nor all-clear: the reason where its record tells it, else what it takes. */
export function notJudgedSentence(
  audit: Pick<AuditRecord, 'stopped' | 'decisionKept' | 'certificate' | 'restriction'>,
): string {
  if (audit.stopped === 'cancelled') return 'Not judged: stopped early.'
  if (!isDecisionKept(audit)) return 'Not judged: the decision was not kept.'
  if (audit.restriction) return 'Not judged: an audit of one part only.'
  return 'Not judged: it takes an audit of the whole film from its start with the activation match, at Standard or Thorough, and with the weights that the alarm was set for.'
}

/** As many as were counted; records of earlier versions hold their share alone. */
function setOn({ falseAlarmRate, audits }: ShortcutAlarm): string {
  const [on, rang] =
    audits === undefined
      ? ['audits', percent(falseAlarmRate)]
      : [`${audits} audits`, String(Math.round(falseAlarmRate * audits))]
  return `That threshold was set on ${on} of clean classifiers, and on ${rang} of these same audits it rings`
}
