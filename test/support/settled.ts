import { vi } from 'vitest'

/** Everything that was started and waits for no clock has been done. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

/** On fake timers: everything that waits for a second at most has been done. */
export const settledTimers = () => vi.advanceTimersByTimeAsync(1000)
