/** How often the event loop goes round while `work` is under way: how often others could be answered. No clock is asked. */
export async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0
  let under = true
  const count = () => {
    turns++
    if (under) setImmediate(count)
  }
  setImmediate(count)
  try {
    await work()
    return turns
  } finally {
    under = false
  }
}
