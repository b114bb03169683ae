import { describe, expect, it } from 'vitest'
import { spreadOf } from '../../../main/engine/audit/outcome'

describe('spread of a few draws or seeds', () => {
  it('is the standard deviation with n − 1, by hand', () => {
    // Mean 2, squares 1 + 0 + 1, over 2.
    expect(spreadOf([1, 2, 3])).toEqual({ mean: 2, sd: 1, min: 1, max: 3 })
  })

  it('is none of one value', () => {
    expect(spreadOf([5])).toEqual({ mean: 5, sd: 0, min: 5, max: 5 })
  })
})
