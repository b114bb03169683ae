import type { ShortcutAlarm } from '../../contract'
import { percent } from './words'
import { zoneWords } from './zoneWords'

/** The alarm in a reader's words: what, where, and how often it is wrong. */
export function alarmSentences(alarm: ShortcutAlarm): { title: string; text: string; basis: string } {
  const { raised, peak, threshold, falseAlarmRate, zone } = alarm
  const where = zone ? zoneWords[zone].name.toLowerCase() : 'a part without anatomy'
  const density = peak === null ? '' : ` (${peak.toFixed(1)} bits per pixel above a flat picture)`
  return {
    title: raised ? 'The decision may hang on something that is no anatomy.' : 'No alarm on this film.',
    text: raised
      ? `Fine structure was kept where no anatomy is${density}, in: ${where}. The place is framed in red on the pictures. Look there before you trust this decision.`
      : '',
    basis: `It rings where kept bits lie more densely outside anatomy than ${threshold.toFixed(1)} bits per pixel above a flat picture. On clean classifiers of the benchmark it rang on ${percent(falseAlarmRate)} of films. No alarm is no proof that there is no shortcut.`,
  }
}
