/** What has been measured of a batch of audits, in seconds. */
interface BatchTimes {
  /** Each finished audit's duration. */
  readonly finished: readonly number[]
  /** Since the running audit began; null where none runs. */
  readonly running: number | null
  /** What the running audit says that it needs still; null before it can tell. */
  readonly runningLeft: number | null
  /** Audits that have not begun. */
  readonly waiting: number
}

/**
 * Seconds until all are done: mean duration × waiting + what the running one needs still.
 *
 * The mean is over the finished ones; before the first is finished, the running one's own forecast stands for it.
 *
 * @returns null where nothing is measured yet
 */
export function secondsLeft({ finished, running, runningLeft, waiting }: BatchTimes): number | null {
  const forecast = running !== null && runningLeft !== null ? running + runningLeft : null
  const mean = finished.length > 0 ? finished.reduce((sum, one) => sum + one, 0) / finished.length : forecast
  if (mean === null) return null
  const rest = running === null ? 0 : (runningLeft ?? Math.max(0, mean - running))
  return mean * waiting + rest
}
