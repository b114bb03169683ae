import type { CaseSummary, ShortcutAlarm } from '../../contract'
import { alarmFigures, notJudgedReason, ZONE_TITLES } from '../../contract/shared'

/** The alarm in a reader's words: what, where, how near the threshold, and how often it is wrong. */
export function alarmSentences(alarm: ShortcutAlarm): { title: string; text: string; basis: string } {
  const { raised, zone } = alarm
  const { peak, threshold } = alarmFigures(alarm)
  const where = zone ? ` (${ZONE_TITLES[zone].toLowerCase()})` : ''
  const left = peak === null ? 'fine structure' : `${peak} of the film’s fine structure`
  const here = peak === null || raised ? '' : ` Here it is ${peak} at most.`
  return {
    title: raised ? 'The decision may hang on something that is no anatomy.' : 'No alarm on this film.',
    text: raised
      ? `At a place without anatomy${where} ${left} was kept. The place is framed in red where the chosen result is shown. Look there before you trust this decision.`
      : '',
    basis: `It rings where ${threshold} or more of the film’s fine structure (narrower than about 3 pixels of the model’s picture) is left at a place without anatomy.${here} ${setOn(alarm)}; how often it is wrong on other films was not measured. No alarm is no proof that there is no shortcut.`,
  }
}

/** What a row of the worklist says of a raised alarm; null: none, or none of the classifier that decides now. */
export function rowAlarm({ alarm, audit }: Pick<CaseSummary, 'alarm' | 'audit'>): string | null {
  return alarm?.raised && audit?.ofClassifierInUse ? alarmSentences(alarm).title : null
}

/** Why an audit has neither alarm nor all-clear, under the heading of the alarm. */
export const notJudgedSentence = (audit: Parameters<typeof notJudgedReason>[0]): string =>
  `Not judged: ${notJudgedReason(audit)}`

function setOn({ cheating, clean }: ShortcutAlarm): string {
  return `In the audits that it was set on it rang in ${cheating.rang} of ${cheating.audits} of classifiers that read a planted sign, and in ${clean.rang} of ${clean.audits} of clean ones`
}
