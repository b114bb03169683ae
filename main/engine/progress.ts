/** How far a long computation is, in the words of contract/progress.ts (which this room may not import). */
export interface Progress {
  readonly done: number
  readonly total: number
  /** Null until there is a guess. */
  readonly secondsLeft: number | null
  readonly note: string
}
