/** The time, injected so that records can be tested. */
export interface Clock {
  now(): Date
}
