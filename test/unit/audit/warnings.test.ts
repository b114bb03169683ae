import { expect, it } from 'vitest'
import { auditWarnings } from '../../../main/engine/audit/warnings'

const sound = {
  retention: 'retained',
  draws: { kept: 8, of: 8 },
  searchCut: false,
  missing: [],
  diverged: false,
  matchingDistance: 0.2,
  bpd: { film: 2.7, simplified: 1 },
  filmDecisionSteady: true,
} as const

it('says nothing of an audit without fault', () => {
  expect(auditWarnings(sound)).toEqual([])
})

it('says that a picture is no counterpart whose decision does not hold under the noises of the certificate', () => {
  const [warning, ...others] = auditWarnings({ ...sound, draws: { kept: 6, of: 8 } })
  expect(others).toEqual([])
  expect(warning).toContain('NOT a counterpart')
  expect(warning).toContain('6 of 8')
})

it('says once that a decision was lost, however many draws keep it', () => {
  expect(auditWarnings({ ...sound, retention: 'lost', draws: { kept: 0, of: 8 } })).toHaveLength(1)
})

it('keeps a lost decision apart from a picture that is used otherwise', () => {
  const warnings = auditWarnings({ ...sound, retention: 'decision', draws: { kept: 7, of: 8 } })
  expect(warnings.map((warning) => warning.includes('NOT a counterpart'))).toEqual([true, false])
})

it('tells a search that was cut from measurements that were left out', () => {
  expect(auditWarnings({ ...sound, searchCut: true, missing: ['gradientDistance', 'rivals'] })).toEqual([
    'The audit was stopped early: a longer search may find a simpler picture. Not measured: the gradient distance, cheap rivals.',
  ])
  expect(auditWarnings({ ...sound, missing: ['someRivals'] })).toEqual([
    'The audit was stopped after its search, which is complete. Not measured: some of the cheap rivals.',
  ])
})
