import { describe, expect, it } from 'vitest'
import { secondsLeft } from '../../../main/domain/review'

describe('the time left of a batch', () => {
  it('is the mean of what was measured, for all that wait, and the rest of the one that runs', () => {
    const times = { finished: [10, 20], running: 5, runningLeft: null, waiting: 4 }
    expect(secondsLeft(times)).toBe(4 * 15 + 10)
    expect(secondsLeft({ ...times, runningLeft: 3 })).toBe(4 * 15 + 3)
    expect(secondsLeft({ ...times, running: 40 })).toBe(4 * 15)
    expect(secondsLeft({ ...times, running: null })).toBe(4 * 15)
  })

  it('rests on the first one’s own forecast before any is finished, and says nothing without one', () => {
    expect(secondsLeft({ finished: [], running: 6, runningLeft: 4, waiting: 3 })).toBe(34)
    expect(secondsLeft({ finished: [], running: 6, runningLeft: null, waiting: 3 })).toBeNull()
  })
})
