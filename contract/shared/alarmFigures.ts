import { digitsApart } from './digitsApart'
import { percent } from './percent'

interface Figures<Peak> {
  readonly peak: Peak
  readonly threshold: string
}

/** What the alarm measured on a film and where it rings, in so many digits that it can be seen on which side the film lies. */
export function alarmFigures(alarm: Readonly<{ peak: number; threshold: number }>): Figures<string>
export function alarmFigures(alarm: Readonly<{ peak: number | null; threshold: number }>): Figures<string | null>
export function alarmFigures({ peak, threshold }: Readonly<{ peak: number | null; threshold: number }>) {
  const digits = peak === null ? 0 : digitsApart(peak, threshold, { write: percent, least: 0, most: 2 })
  return { peak: peak === null ? null : percent(peak, digits), threshold: percent(threshold, digits) }
}
