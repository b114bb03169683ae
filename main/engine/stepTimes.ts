import { median } from 'd3-array'

/** Steps whose times count: enough for a steady guess, few enough to follow a machine that turns busy. */
const LATEST = 15
/** Fewer say nothing yet. */
const FEWEST = 3

/**
 * Guesses the time left of a computation whose steps are alike, by the median of its latest ones: a step that makes a graph, or
 * falls into a pause of the machine, takes many times as long as the others and would spoil a mean for long.
 */
export class StepTimes {
  private readonly latest: number[] = []
  private last: { readonly done: number; readonly seconds: number } | null = null

  /** @param total steps of the whole computation */
  constructor(private readonly total: number) {}

  /**
   * To be called as steps are done. The first call times nothing: the steps before it may have made a graph, or be those of an
   * earlier run that this one goes on from.
   *
   * @param done steps done so far
   * @param seconds since the computation began, or went on
   * @returns seconds left; null before enough steps were timed
   */
  left(done: number, seconds: number): number | null {
    if (this.last && done > this.last.done) this.time((seconds - this.last.seconds) / (done - this.last.done))
    this.last = { done, seconds }
    const { perStep } = this
    return perStep === null ? null : perStep * Math.max(0, this.total - done)
  }

  /** Seconds a step; null before enough steps were timed. */
  get perStep(): number | null {
    return this.latest.length < FEWEST ? null : (median(this.latest) ?? null)
  }

  private time(perStep: number): void {
    this.latest.push(perStep)
    if (this.latest.length > LATEST) this.latest.shift()
  }
}
