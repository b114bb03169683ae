/** Lets messages (a cancel, another call) come in between two steps of a long computation. */
export function giveWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
