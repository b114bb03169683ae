import { describe, expect, it } from 'vitest'
import { applyOverrides } from '../../../main/app/trainModel'

describe('settings over a training configuration', () => {
  const config = { seed: 1, flow: { levels: 4, steps: 8 }, name: 'a' }
  it('sets numbers, texts, lists and inner keys, and leaves the original alone', () => {
    expect(applyOverrides(config, ['seed=7', 'flow.steps=2', 'name=b', 'held=null', 'list=[1,2]'])).toEqual({
      ...config,
      ...{ seed: 7, flow: { levels: 4, steps: 2 }, name: 'b', held: null, list: [1, 2] },
    })
    expect(config.flow.steps).toBe(8)
  })
  it('the last word counts', () => {
    expect(applyOverrides(config, ['seed=2', 'seed=3'])).toMatchObject({ seed: 3 })
  })
  it.each(['seed', '=3', ''])('refuses "%s"', (override) => {
    expect(() => applyOverrides(config, [override])).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }))
  })
})
