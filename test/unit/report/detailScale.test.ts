import { expect, it } from 'vitest'
import { detailScale, detailShares } from '../../../contract'

const high = (...detail: number[]) => detailScale(Uint8Array.from(detail)).high

it('colours of the detail left end at the next tenth above the highest share', () => {
  expect(detailScale(Uint8Array.of(3, 30, 0))).toEqual({ low: 0, high: 0.2 })
  // a tenth is 25.5 of 255: what rounds to it ends there
  expect([high(25), high(26), high(51), high(52)]).toEqual([0.1, 0.2, 0.2, 0.3])
  expect([high(254), high(255)]).toEqual([1, 1])
})

it('they never end at nothing', () => {
  expect([high(0), high(), high(1)]).toEqual([0.1, 0.1, 0.1])
})

it('a map of the detail left becomes shares: 255 is all of it', () => {
  expect(detailShares(Uint8Array.of(0, 51, 255))).toEqual(Float32Array.of(0, 0.2, 1))
})
