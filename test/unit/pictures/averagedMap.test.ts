import { describe, expect, it } from 'vitest'
import { averagedMap } from '../../../contract'

const sum = (map: Float32Array) => map.reduce((total, bits) => total + bits, 0)

describe('the averaged bit map', () => {
  it('keeps the sum, bits at an edge and in a corner included', () => {
    const map = new Float32Array(128 * 128)
    for (const index of [0, 5, 127, 128 * 64, 128 * 127 + 127, 128 * 40 + 60]) map[index] = 10 + index / 100
    expect(Math.abs(sum(averagedMap(map)) / sum(map) - 1)).toBeLessThan(1e-5)
  })

  it('leaves a flat map alone and spreads one pixel over its neighbours, nearest most', () => {
    const flat = averagedMap(new Float32Array(1024).fill(3))
    expect(Math.max(...flat.map((bits) => Math.abs(bits - 3)))).toBeLessThan(1e-5)
    const point = new Float32Array(1024)
    point[16 * 32 + 16] = 1
    const spread = averagedMap(point)
    const at = (dy: number, dx: number) => spread[(16 + dy) * 32 + 16 + dx] ?? 0
    expect(at(0, 0)).toBeGreaterThan(at(0, 1))
    expect(at(0, 1)).toBeCloseTo(at(1, 0), 8)
    // The Gaussian of two pixels: one standard deviation out, e^-1/2 of the middle.
    expect(at(0, 2) / at(0, 0)).toBeCloseTo(Math.exp(-0.5), 3)
    expect(at(0, 8)).toBe(0)
  })
})
