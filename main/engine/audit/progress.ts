import type { Progress } from './request'

/** Certificate and rivals take about as long as this many steps. */
const ENDING_STEPS = 30
/** Steps before a guess of the time left is worth showing. */
const STEPS_BEFORE_GUESS = 5

/** Turns steps taken into progress with an honest guess of the time left. */
export function progressOf(of: {
  steps: number
  run: number
  runs: number
  length: number
  seconds: number
}): Progress {
  const done = (of.run - 1) * of.length + of.steps
  const total = of.runs * of.length + ENDING_STEPS
  const secondsLeft = done >= STEPS_BEFORE_GUESS ? (of.seconds / done) * (total - done) : null
  const note =
    of.run === 1 ? `step ${of.steps} of ${of.length}` : `repeated from another seed, ${of.run - 1} of ${of.runs - 1}`
  return { done, total, secondsLeft, note }
}

export function endingProgress(of: { runs: number; length: number; seconds: number }): Progress {
  const walked = of.runs * of.length
  const secondsLeft = (of.seconds / walked) * ENDING_STEPS
  return { done: walked, total: walked + ENDING_STEPS, secondsLeft, note: 'certificate and cheap rivals' }
}
