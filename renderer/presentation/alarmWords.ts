import type { ShortcutAlarm } from '../../contract'
import { ZONE_TITLES } from '../../contract/shared'

/** Audits of clean classifiers that the threshold was set on (docs/results/shortcuts.md). */
const CLEAN_AUDITS = 42

/** Density of bits above a flat picture; the digits of the threshold as it was measured. */
const dense = (bits: number): string => bits.toFixed(2)

/** The alarm in a reader's words: what, where, how near the threshold, and how often it is wrong. */
export function alarmSentences(alarm: ShortcutAlarm): { title: string; text: string; basis: string } {
  const { raised, peak, threshold, falseAlarmRate, zone } = alarm
  const where = zone ? ZONE_TITLES[zone].toLowerCase() : 'a part without anatomy'
  const density = peak === null ? '' : ` (${dense(peak)} bits per pixel above a flat picture)`
  const here = peak === null || raised ? '' : ` Here it is ${dense(peak)} at most.`
  const rang = Math.round(falseAlarmRate * CLEAN_AUDITS)
  return {
    title: raised ? 'The decision may hang on something that is no anatomy.' : 'No alarm on this film.',
    text: raised
      ? `Fine structure was kept where no anatomy is${density}, in: ${where}. The place is framed in red on the pictures. Look there before you trust this decision.`
      : '',
    basis: `It rings where kept bits lie more densely outside anatomy than ${dense(threshold)} bits per pixel above a flat picture.${here} That threshold was set on ${CLEAN_AUDITS} audits of clean classifiers, and on ${rang} of these same audits it rings; how often it is wrong on other films was not measured. No alarm is no proof that there is no shortcut.`,
  }
}
