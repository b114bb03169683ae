/** Logit at and above which the decision is yes: ln(t / (1 − t)) of its probability t. */
export function boundaryOf(threshold: number): number {
  return Math.log(threshold / (1 - threshold))
}

/** Whether two calibrated logits give one decision. */
export function sameSide(a: number, b: number, boundary: number): boolean {
  return a >= boundary === b >= boundary
}

/** What decisions are held against: the film's own. */
export interface FilmDecision {
  /** Logit at and above which the decision is yes. */
  readonly boundary: number
  readonly filmDecision: boolean
}

/** Whether a calibrated logit gives the film's decision; one that is no number decides no. */
export function keepsDecision(logit: number, { boundary, filmDecision }: FilmDecision): boolean {
  return logit >= boundary === filmDecision
}

/** How many noise draws give `decision`, and of how many. */
export interface KeptDraws {
  readonly kept: number
  readonly of: number
}

export function keptDraws(decisions: readonly boolean[], decision: boolean): KeptDraws {
  return { kept: decisions.filter((each) => each === decision).length, of: decisions.length }
}

export function holdsInAll({ kept, of }: KeptDraws): boolean {
  return kept === of
}
