import { describe, expect, it } from 'vitest'
import { pathOf, shareFrame } from '../../../renderer/presentation/shareChart'

describe('the frame of a chart of shares', () => {
  // 52 left, 24 right, 10 above and 42 below are for the words: 100 × 100 pixels are left
  const frame = shareFrame({ width: 176, height: 152 })

  it('has 0 at the bottom left and 1 at the top right', () => {
    expect([frame.x(0), frame.y(0)]).toEqual([52, 110])
    expect([frame.x(1), frame.y(1)]).toEqual([152, 10])
    expect([frame.x(0.25), frame.y(0.25)]).toEqual([77, 85])
  })

  it('knows the shares at a place, and none beyond 0 and 1', () => {
    expect(frame.shares({ x: 77, y: 85 })).toEqual({ x: 0.25, y: 0.25 })
    expect(frame.shares({ x: 0, y: 0 })).toEqual({ x: 0, y: 1 })
    expect(frame.shares({ x: 999, y: 999 })).toEqual({ x: 1, y: 0 })
  })

  it('keeps a size where there is no room', () => {
    expect(shareFrame({ width: 0, height: 0 })).toMatchObject({ width: 40, height: 40 })
  })
})

it('a path begins at its first place and leads on through the others', () => {
  expect(pathOf([])).toBe('')
  expect(
    pathOf([
      { x: 1, y: 2.04 },
      { x: 3.06, y: 4 },
    ]),
  ).toBe('M1.0 2.0L3.1 4.0')
})
