/**
 * How long the steps of a training take. The first one may make a graph and takes many times as long as the others: the time
 * left goes by those after it, and is not known before.
 */
export class StepClock {
  private readonly began = performance.now()
  private first: { readonly at: number; readonly step: number } | null = null

  /** @param total steps of the whole training */
  constructor(private readonly total: number) {}

  /** To be called after every step. Seconds since the training began or was resumed, a step, and left. */
  after(step: number): { seconds: number; perStep: number | null; secondsLeft: number | null } {
    const now = performance.now()
    this.first ??= { at: now, step }
    const later = step - this.first.step
    const perStep = later > 0 ? (now - this.first.at) / 1000 / later : null
    const secondsLeft = perStep === null ? null : perStep * (this.total - step)
    return { seconds: Math.round((now - this.began) / 1000), perStep, secondsLeft }
  }
}
