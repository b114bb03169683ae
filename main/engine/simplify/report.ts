/** One step of the joint training. Figures are means over the batch; losses in nats. */
export interface SimplifierReport {
  /** 'classifier': a step on the pictures as they are, before the simplifier moves; its joint figures are NaN. */
  readonly phase: 'classifier' | 'joint'
  /** λ of this step. */
  readonly lambda: number
  /** CE(f_θ(x̃)) before the classifier's step, CE(f_θ'(x̃)) and CE(f_θ'(x)) after it. */
  readonly before: number
  readonly after: number
  readonly original: number
  readonly gate: number
  /** Bits per dimension of the simplified pictures. */
  readonly bpdSimplified: number
  /** Share of right decisions: on x̃ before the step, on x after it. */
  readonly accuracySimplified: number
  readonly accuracyOriginal: number
  /** False where a gradient was not finite: those weights were not changed. */
  readonly classifierMoved: boolean
  readonly simplifierMoved: boolean
}
