import type { ShortcutAlarm } from '../../contract'
import { percent } from './words'
import { zoneWords } from './zoneWords'

/** The alarm in a reader's words: what, where, and how often it is wrong. */
export function alarmSentences(alarm: ShortcutAlarm): { title: string; text: string; basis: string } {
  const { raised, share, enrichment, threshold, falseAlarmRate, zone } = alarm
  const where = zone ? zoneWords[zone].name.toLowerCase() : 'parts without anatomy'
  const times = enrichment === null ? '' : `, ${enrichment.toFixed(1)} times their share on the film`
  return {
    title: raised ? 'The decision may hang on something that is no anatomy.' : 'No alarm on this film.',
    text:
      share === null
        ? ''
        : `${percent(share)} of the bits that are left lie in the border, in markers or outside the body${times}; most in: ${where}. The place is framed in red on the pictures. Look there before you trust this decision.`,
    basis: `It rings where that share is ${threshold.toFixed(1)} times the film's or more. On clean classifiers of the benchmark it rang on ${percent(falseAlarmRate)} of films. No alarm is no proof that there is no shortcut.`,
  }
}
