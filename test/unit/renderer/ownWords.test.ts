import { describe, expect, it } from 'vitest'
import { modelName } from '../../../contract'
import { objectiveHint, testIntroduction } from '../../../renderer/presentation/ownClassifierWords'

const twin = modelName.parse('effusion-128-b')
const bundled = modelName.parse('effusion-128')

describe('further tests are introduced by what they are here', () => {
  it('both for the product’s own classifier, or the one that can be made', () => {
    expect(testIntroduction({ own: false, fresh: twin })).toEqual([
      'Searches again with shuffled weights, and asks effusion-128-b, a second classifier, which never saw the search. Takes about as long as an audit.',
    ])
    expect(testIntroduction({ own: false, fresh: null }).join(' ')).toMatch(/shuffled weights\..*No second classifier/)
  })

  it('no shuffled weights for one of the user’s own', () => {
    const [asked, left] = testIntroduction({ own: true, fresh: bundled })
    expect(asked).toContain('asks effusion-128, which comes with the program,')
    expect(left).toContain('Not for a classifier of your own')
    expect(testIntroduction({ own: true, fresh: null })[0]).toContain('No second classifier')
  })
})

it('the gradient match is said to be impossible for one of the user’s own, whatever was chosen', () => {
  expect(objectiveHint('gradient', true)).toContain('cannot be done')
  expect(objectiveHint('gradient', false)).toContain('published method')
})
