import { describe, expect, it } from 'vitest'
import type { RocPoint } from '../../../contract'
import { nearestRocPoint, rocIndexAt, rocPointAt, steppedThreshold } from '../../../renderer/components/cohort/rocCurve'

/** From "no film is called" to "all are"; thresholds fall along the curve. */
const points: readonly RocPoint[] = [
  { threshold: 1.1, falsePositiveRate: 0, sensitivity: 0 },
  { threshold: 0.9, falsePositiveRate: 0, sensitivity: 0.5 },
  { threshold: 0.6, falsePositiveRate: 0.5, sensitivity: 0.5 },
  { threshold: 0.3, falsePositiveRate: 0.5, sensitivity: 1 },
  { threshold: 0.1, falsePositiveRate: 1, sensitivity: 1 },
]

describe('the point of a ROC curve', () => {
  it('that a threshold gives counts from its own probability up', () => {
    const indices = [2, 0.9, 0.89, 0.6, 0.3, 0.2, 0].map((threshold) => rocIndexAt(points, threshold))
    expect(indices).toEqual([0, 1, 1, 2, 3, 3, 4])
    expect(rocPointAt(points, 0.3)).toBe(points[3])
    expect(rocPointAt([], 0.5)).toBeNull()
  })

  it('nearest to a place is the first of those as close', () => {
    expect(nearestRocPoint(points, { x: 0.1, y: 0.45 })).toBe(points[1])
    expect(nearestRocPoint(points, { x: 0.25, y: 0.5 })).toBe(points[1])
    expect(nearestRocPoint(points, { x: 1, y: 0.9 })).toBe(points[4])
    expect(nearestRocPoint([], { x: 0, y: 0 })).toBeNull()
  })
})

describe('keys on the ROC curve', () => {
  it('lead along it and stop at its ends', () => {
    const to = (key: string, from = 0.6) => steppedThreshold(points, from, key)
    expect([to('ArrowRight'), to('ArrowUp'), to('ArrowLeft'), to('ArrowDown')]).toEqual([0.3, 0.3, 0.9, 0.9])
    expect([to('PageUp'), to('PageDown'), to('ArrowRight', 0.1)]).toEqual([0.1, 1.1, 0.1])
  })

  it('lead home to the own threshold, and nowhere where they mean nothing', () => {
    expect(steppedThreshold(points, 0.6, 'Home')).toBeNull()
    expect(steppedThreshold(points, 0.6, 'a')).toBeUndefined()
    expect(steppedThreshold([], 0.6, 'ArrowRight')).toBeUndefined()
  })
})
