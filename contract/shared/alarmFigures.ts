import type { ShortcutAlarm } from '../zones'
import { digitsApart } from './digitsApart'
import { percent } from './percent'

/** What the alarm measured on a film and where it rings, in so many digits that it can be seen on which side the film lies. */
export function alarmFigures({ peak, threshold }: Pick<ShortcutAlarm, 'peak' | 'threshold'>): {
  readonly peak: string | null
  readonly threshold: string
} {
  const digits = peak === null ? 0 : digitsApart(peak, threshold, { write: percent, least: 0, most: 2 })
  return { peak: peak === null ? null : percent(peak, digits), threshold: percent(threshold, digits) }
}
