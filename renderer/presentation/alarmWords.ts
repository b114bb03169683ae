import type { CaseSummary, ShortcutAlarm } from '../../contract'
import { notJudgedReason, percent, ZONE_TITLES } from '../../contract/shared'

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

/** Why an audit has neither alarm nor all-clear, under the heading of the alarm. */
export const notJudgedSentence = (audit: Parameters<typeof notJudgedReason>[0]): string =>
  `Not judged: ${notJudgedReason(audit)}`

/** As many as were counted; records of earlier versions hold their share alone. */
function setOn({ falseAlarmRate, audits }: ShortcutAlarm): string {
  const [on, rang] =
    audits === undefined
      ? ['audits', percent(falseAlarmRate)]
      : [`${audits} audits`, String(Math.round(falseAlarmRate * audits))]
  return `That threshold was set on ${on} of clean classifiers, and on ${rang} of these same audits it rings`
}
