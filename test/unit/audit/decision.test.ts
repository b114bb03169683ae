import { expect, it } from 'vitest'
import { boundaryOf, holdsInAll, keepsDecision, keptDraws, sameSide } from '../../../main/engine/audit/decision'
import { probabilityOf } from '../../../main/engine/audit/figures'

it('a boundary is the logit of its threshold', () => {
  expect(boundaryOf(0.5)).toBe(0)
  for (const threshold of [0.05, 0.292, 0.9]) expect(probabilityOf(boundaryOf(threshold))).toBeCloseTo(threshold, 12)
})

it('a logit at the boundary says yes, one that is no number says no', () => {
  const yes = { boundary: -0.9, filmDecision: true }
  expect([-0.9, -0.91, NaN].map((logit) => keepsDecision(logit, yes))).toEqual([true, false, false])
  expect([-0.9, -0.91].map((logit) => keepsDecision(logit, { ...yes, filmDecision: false }))).toEqual([false, true])
  expect([sameSide(-0.9, 3, -0.9), sameSide(-0.91, 3, -0.9), sameSide(-5, -6, -0.9)]).toEqual([true, false, true])
})

it('draws that keep a decision are counted, and hold only where all do', () => {
  const draws = keptDraws([false, true, false], false)
  expect(draws).toEqual({ kept: 2, of: 3 })
  expect([holdsInAll(draws), holdsInAll(keptDraws([true, true], true))]).toEqual([false, true])
})
