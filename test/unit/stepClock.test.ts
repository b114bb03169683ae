import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { StepClock } from '../../main/adapters/training/stepClock'

describe('how long a training takes', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('says nothing of the time left after the first step, which may have made a graph', () => {
    const clock = new StepClock(10)
    vi.advanceTimersByTime(30_000)
    expect(clock.after(1)).toEqual({ seconds: 30, perStep: null, secondsLeft: null })
    vi.advanceTimersByTime(500)
    expect(clock.after(2)).toEqual({ seconds: 31, perStep: 0.5, secondsLeft: 4 })
    vi.advanceTimersByTime(1_500)
    expect(clock.after(3)).toEqual({ seconds: 32, perStep: 1, secondsLeft: 7 })
  })

  it('counts a resumed training from where it goes on', () => {
    const clock = new StepClock(100)
    clock.after(61)
    vi.advanceTimersByTime(2_000)
    expect(clock.after(62)).toMatchObject({ perStep: 2, secondsLeft: 76 })
  })
})
