import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { sha256, type CaseSummary } from '../../../contract'
import { useBatch } from '../../../renderer/stores/batch'
import { useNotices } from '../../../renderer/stores/notices'
import { useWorklist } from '../../../renderer/stores/worklist'
import { exampleSummary, mainSide } from '../../support/windowSide'

const audit = (ofClassifierInUse: boolean): CaseSummary['audit'] => ({
  ...{ bitsLeft: 0.4, aboveFlat: 0.2, decisionKept: true, createdAt: '', whole: true, stoppedEarly: false },
  ...{ classifier: sha256.parse('a'.repeat(64)), flow: sha256.parse('b'.repeat(64)), threshold: 0.5 },
  ...{ preset: 'standard', objective: 'activation', ofClassifierInUse },
})
const started = vi.fn(() => null)

beforeEach(() => {
  setActivePinia(createPinia())
  started.mockClear()
  mainSide({ reviewBatchStart: started })
})

it('a queue is audited where only another classifier was audited before', async () => {
  useWorklist().cases = [
    exampleSummary('one', { audit: audit(true) }),
    exampleSummary('two', { audit: audit(false) }),
    exampleSummary('three', { decision: null, probability: null }),
  ]
  await useBatch().start()
  expect(started).toHaveBeenCalledWith(expect.objectContaining({ caseIds: ['two'] }))
})

it('that every film has been audited is said only where it is so', async () => {
  useWorklist().cases = [exampleSummary('one', { audit: audit(true) })]
  await useBatch().start()
  expect(useNotices().current?.text).toContain('Every film in “All films” has been audited with the classifier')
  useWorklist().cases = [exampleSummary('one', { audit: audit(false), decision: null, probability: null })]
  await useBatch().start()
  expect(useNotices().current?.text).toBe(
    'No film in “All films” can be audited now: 1 film of it waits for an audit or for a decision.',
  )
  expect(started).not.toHaveBeenCalled()
})
