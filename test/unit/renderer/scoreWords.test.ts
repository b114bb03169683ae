import { expect, it } from 'vitest'
import { resultScore, scoreWords, termWords } from '../../../renderer/presentation/labWords'
import { exampleResult } from '../../support/exampleExperiment'

it('an AUC is no share: it is written from 0 to 1, an accuracy in per cent', () => {
  expect(scoreWords(0.8512, 0.0123, 'auc')).toBe('0.85 ± 0.01')
  expect(scoreWords(0.8512, null, 'auc')).toBe('0.85')
  expect(scoreWords(0.8512, 0.0123)).toBe('85.1 ± 1.2\u00a0%')
  // It stands beside the experiment on sex as well, where nobody is sick.
  expect(termWords.auc).not.toMatch(/sick|%/)
})

it('a result says which of the two its score is', () => {
  const auc = { original: 0.9, simplified: 0.8 }
  expect(resultScore({ ...exampleResult(2), auc })).toMatchObject({ name: 'AUC', kind: 'auc', simplified: 0.8 })
  expect(resultScore({ ...exampleResult(2), auc: null })).toMatchObject({ name: 'Accuracy', kind: 'accuracy' })
})
