import type { Progress } from '../progress'
import { StepTimes } from '../stepTimes'

/** Certificate and rivals take about as long as this many steps. */
const ENDING_STEPS = 30

/** Turns the steps of an audit's searches into progress with an honest guess of the time left. */
export class AuditProgress {
  private readonly walk: number
  private readonly total: number
  private readonly times: StepTimes

  /** @param of searches of the audit, and steps of each */
  constructor(private readonly of: { readonly runs: number; readonly length: number }) {
    this.walk = of.runs * of.length
    this.total = this.walk + ENDING_STEPS
    this.times = new StepTimes(this.total)
  }

  /** After a step of the search number `run`, counted from 1. */
  walked(run: number, step: number, seconds: number): Progress {
    const { runs, length } = this.of
    const note = run === 1 ? `step ${step} of ${length}` : `repeated from another seed, ${run - 1} of ${runs - 1}`
    return this.at((run - 1) * length + step, seconds, note)
  }

  /** When the searches are over. */
  ending(seconds: number): Progress {
    return this.at(this.walk, seconds, 'certificate and cheap rivals')
  }

  private at(done: number, seconds: number, note: string): Progress {
    return { done, total: this.total, secondsLeft: this.times.left(done, seconds), note }
  }
}
