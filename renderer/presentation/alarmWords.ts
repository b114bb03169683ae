import type { CaseSummary, RaisedAlarm, ShortcutAlarm } from '../../contract'
import { alarmBasis, alarmFigures, notJudgedReason, ZONE_TITLES } from '../../contract/shared'

/** The alarm in a reader's words: what, where, how near the threshold, and how often it is wrong. */
export function alarmSentences(alarm: ShortcutAlarm): { title: string; text: string; basis: string } {
  const { peak } = alarmFigures(alarm)
  const { rule, trust } = alarmBasis(alarm)
  const here = peak === null || alarm.raised ? '' : ` Here it is ${peak} at most.`
  return {
    ...(alarm.raised ? rings(alarm) : { title: 'No alarm on this film.', text: '' }),
    basis: `${rule}${here} ${trust}`,
  }
}

function rings(alarm: RaisedAlarm): { title: string; text: string } {
  const { peak } = alarmFigures(alarm)
  const where = ZONE_TITLES[alarm.zone].toLowerCase()
  return {
    title: 'The decision may depend on something that is not anatomy.',
    text: `At a place without anatomy (${where}) ${peak} of the film’s fine structure was kept. The place is framed in red where the chosen result is shown. Look there before you trust this decision.`,
  }
}

/** What a row of the worklist says of a raised alarm; null: none, or none of the classifier that decides now. */
export function rowAlarm({ alarm, audit }: Pick<CaseSummary, 'alarm' | 'audit'>): string | null {
  return alarm?.raised && audit?.ofClassifierInUse ? alarmSentences(alarm).title : null
}

/** Why an audit has neither alarm nor all-clear, under the heading of the alarm. */
export const notJudgedSentence = (audit: Parameters<typeof notJudgedReason>[0]): string =>
  `Not judged: ${notJudgedReason(audit)}`
