export interface Schedule {
  readonly rate: number
  readonly warmUp: number
  readonly steps: number
  /** Share of the peak rate that is left at the end. */
  readonly floor: number
}

/** Linear warm-up, then half a cosine down to `floor`. `step` counts from 0. */
export function cosineRate(schedule: Schedule, step: number): number {
  const { rate, warmUp, steps, floor } = schedule
  if (step < warmUp) return (rate * (step + 1)) / warmUp
  const share = Math.min(1, (step - warmUp) / Math.max(1, steps - warmUp))
  return rate * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * share)))
}
