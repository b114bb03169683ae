import { describe, expect, it } from 'vitest'
import { holds, regionOn, withMargin } from '../../../renderer/viewer/levelRegion'

const level = { width: 750, height: 500, factor: 4 }

describe('what of a pyramid level is drawn', () => {
  it('is every pixel that the visible part touches, and none beyond the film', () => {
    expect(regionOn(level, { x: 399, y: 10, width: 202, height: 100 })).toEqual({ x: 99, y: 2, width: 53, height: 27 })
    expect(regionOn(level, { x: -900, y: -20, width: 9000, height: 9000 })).toEqual({ x: 0, y: 0, ...sizeOf(level) })
    expect(regionOn(level, { x: 4000, y: 0, width: 100, height: 100 })).toMatchObject({ width: 0, height: 0 })
    expect(regionOn(level, { x: 0, y: -500, width: 100, height: 90 })).toMatchObject({ width: 0, height: 0 })
  })

  it('is kept with a margin within the film, so that small moves stay inside and larger ones do not', () => {
    const shown = regionOn(level, { x: 400, y: 400, width: 800, height: 400 })
    const kept = withMargin(shown, level)
    expect(holds(kept, shown)).toBe(true)
    for (const [dx, dy] of [
      [40, 0],
      [-40, 20],
      [0, -20],
    ] as const)
      expect(holds(kept, { ...shown, x: shown.x + dx, y: shown.y + dy })).toBe(true)
    expect(holds(kept, { ...shown, x: shown.x + 60 })).toBe(false)
    expect(holds(kept, { ...shown, height: shown.height + 80 })).toBe(false)
    const whole = regionOn(level, { x: 0, y: 0, width: 3000, height: 2000 })
    expect(withMargin(whole, level)).toEqual(whole)
  })
})

function sizeOf({ width, height }: { width: number; height: number }) {
  return { width, height }
}
