import { digitsApart } from './digitsApart'
import { percent } from './percent'

/** Beyond these nobody reads on which side of a threshold a probability lies. */
const MOST_DIGITS = 5
/** A threshold is told to a tenth of a percent, in window, report and tables. */
const THRESHOLD_DIGITS = 1

const digitsBeside = (probability: number, threshold: number): number =>
  probability === threshold
    ? THRESHOLD_DIGITS
    : digitsApart(probability, threshold, { write: percent, least: 0, most: MOST_DIGITS })

/** A probability in as many digits as show on which side of the threshold it lies. */
export const probabilityWords = (probability: number, threshold: number): string =>
  percent(probability, digitsBeside(probability, threshold))

/** "29.2 %"; in more digits where a probability that stands beside it needs them. */
export function thresholdWords(threshold: number, beside: readonly number[] = []): string {
  return percent(threshold, Math.max(THRESHOLD_DIGITS, ...beside.map((one) => digitsBeside(one, threshold))))
}
