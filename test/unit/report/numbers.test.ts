import { describe, expect, it } from 'vitest'
import { percent } from '../../../renderer/presentation/words'
import { bitsText, decimalText, percentText, probabilityText, ratioText, timeText } from '../../../main/domain/numbers'

/** A report never says "never" or "always" of what was only rare or frequent. */
describe('numbers in a report', () => {
  it.each([
    [0, '0.000'],
    [0.0004, '< 0.001'],
    [0.0009, '< 0.001'],
    [0.001, '0.001'],
    [0.7344, '0.734'],
    [0.999, '0.999'],
    [0.9997, '> 0.999'],
    [1, '1.000'],
  ])('write a probability of %d as “%s”', (value, text) => {
    expect(probabilityText(value)).toBe(text)
  })

  it.each([
    [0, '0 %'],
    [0.0003, '< 1 %'],
    [0.0049, '< 1 %'],
    [0.0051, '1 %'],
    [0.042, '4 %'],
    [0.314, '31 %'],
    [0.9949, '99 %'],
    [0.995, '> 99 %'],
    [0.9951, '> 99 %'],
    [1, '100 %'],
    [1.2404, '124 %'],
    [-0.0004, '0 %'],
    [-0.013, '−1 %'],
    [-0.25, '−25 %'],
  ])('write a share of %d as “%s”, as the window does', (share, text) => {
    expect(percentText(share)).toBe(text)
    expect(percent(share).replaceAll('\u00a0', ' ')).toBe(text)
  })

  it('write a share with more digits where they are asked for', () => {
    expect([0.0003, 0.042, 0.9996, 1].map((share) => percentText(share, 1))).toEqual([
      '< 0.1 %',
      '4.2 %',
      '> 99.9 %',
      '100.0 %',
    ])
  })

  it('write what is too small for its digits as a bound, and below zero with a minus sign', () => {
    expect([0, 0.0004, 0.0005, 0.21].map((value) => decimalText(value))).toEqual(['0.000', '< 0.001', '0.001', '0.210'])
    expect([0.004, 0.005, -1.25].map((value) => decimalText(value, 2))).toEqual(['< 0.01', '0.01', '−1.25'])
  })

  it('give ratios two figures, and none without a sensible denominator', () => {
    expect([ratioText(3.4, 1), ratioText(9.94, 1), ratioText(9.96, 1), ratioText(23.4, 2)]).toEqual([
      '3.4×',
      '9.9×',
      '10×',
      '12×',
    ])
    expect([ratioText(0.04, 1), ratioText(0, 1)]).toEqual(['< 0.1×', '0.0×'])
    expect([ratioText(1, 0), ratioText(1, -1), ratioText(1, NaN), ratioText(Infinity, 1)]).toEqual(['–', '–', '–', '–'])
  })

  it('put commas into bits and leave a time in UTC', () => {
    expect([bitsText(52_000.4), bitsText(-1234)]).toEqual(['52,000', '−1,234'])
    expect(timeText('2026-11-24T03:55:59.000Z')).toBe('2026-11-24 03:55')
  })
})
