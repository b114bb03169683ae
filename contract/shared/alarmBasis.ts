import type { ShortcutAlarm } from '../zones'
import { alarmFigures } from './alarmFigures'

/** When the shortcut alarm rings, and how far it is to be trusted, as window and report say it. */
export function alarmBasis(alarm: ShortcutAlarm): { readonly rule: string; readonly trust: string } {
  const { threshold } = alarmFigures(alarm)
  const { cheating, clean } = alarm
  return {
    rule: `The alarm rings where ${threshold} or more of the film’s fine structure (narrower than about 3 pixels of the model’s picture) is left at a place without anatomy.`,
    trust: `In the audits on which it was set, it rang in ${cheating.rang} of ${cheating.audits} with classifiers that read a planted sign, and in ${clean.rang} of ${clean.audits} with clean ones; how often it is wrong on other films was not measured. No alarm is no proof that there is no shortcut.`,
  }
}
