import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { caseId, sha256, type CaseMarks, type CaseSummary } from '../../../contract'
import { rowAlarm } from '../../../renderer/presentation/alarmWords'
import { readWords, sharedTitles } from '../../../renderer/presentation/queues'
import { useImporting } from '../../../renderer/stores/importing'
import { useNotices } from '../../../renderer/stores/notices'
import { useWorklist } from '../../../renderer/stores/worklist'
import { exampleAlarm, exampleRest } from '../../support/exampleAlarm'
import { NONE_HIDDEN } from '../../support/exampleMarks'
import { exampleSummary, mainSide } from '../../support/windowSide'

const [one, two, three] = [caseId.parse('one'), caseId.parse('two'), caseId.parse('three')]
const audit: CaseSummary['audit'] = {
  ...{ bitsLeft: 0.2, aboveFlat: 0.1, decisionKept: true, createdAt: '2026-01-01T00:00:00.000Z' },
  ...{ classifier: sha256.parse('a'.repeat(64)), flow: sha256.parse('b'.repeat(64)), whole: true, stoppedEarly: false },
  ...({ preset: 'standard', objective: 'activation' } as const),
  ...{ threshold: 0.5, ofClassifierInUse: true },
}

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
})

describe('from the search field', () => {
  it('the keyboard opens the first hit; without a search the open film stays', () => {
    const worklist = useWorklist()
    worklist.cases = [exampleSummary('one'), exampleSummary('two'), exampleSummary('three')]
    worklist.selectedId = three
    expect(worklist.openHit()).toBe(true)
    expect(worklist.selectedId).toBe(three)
    worklist.search = 'Film t'
    expect(worklist.openHit()).toBe(true)
    expect(worklist.selectedId).toBe(two)
    worklist.search = 'nothing such'
    expect(worklist.openHit()).toBe(false)
    expect(worklist.selectedId).toBe(two)
  })
})

describe('after a removal', () => {
  it('the film below is open, below the last the one above', async () => {
    const worklist = useWorklist()
    worklist.cases = [exampleSummary('one'), exampleSummary('two'), exampleSummary('three')]
    worklist.selectedId = two
    worklist.remove(exampleSummary('two'))
    expect(worklist.selectedId).toBe(three)
    worklist.remove(exampleSummary('three'))
    expect(worklist.selectedId).toBe(one)
    await useNotices().undo()
    expect(worklist.selectedId).toBe(three)
    worklist.remove(exampleSummary('one'))
    expect(worklist.selectedId).toBe(three)
  })
})

describe('rows of the worklist', () => {
  it('name the titles that they share', () => {
    const titles = ['2', '1', '2', '61', '2'].map((title) => ({ title }))
    expect([...sharedTitles(titles)]).toEqual(['2'])
  })

  it('tell a raised alarm of the classifier that decides now, and no other', () => {
    const alarm = exampleAlarm()
    expect(rowAlarm({ alarm, audit })).toContain('not anatomy')
    expect(rowAlarm({ alarm: exampleRest(), audit })).toBeNull()
    expect(rowAlarm({ alarm, audit: audit && { ...audit, ofClassifierInUse: false } })).toBeNull()
    expect(rowAlarm({ alarm: null, audit })).toBeNull()
  })
})

describe('who has read a film', () => {
  it('is green only for the present reader’s own reading', () => {
    expect(readWords([], 'Dr. A')).toBeNull()
    expect(readWords(['Dr. A'], 'Dr. A')).toMatchObject({ text: 'Read', own: true })
    expect(readWords(['Dr. A', 'Dr. B'], 'Dr. A')).toMatchObject({ text: 'Read by 2', own: true })
    expect(readWords(['Dr. A'], 'Dr. B')).toMatchObject({ text: 'Read by Dr. A', own: false })
    expect(readWords(['Dr. A', 'Dr. C'], 'Dr. B')).toMatchObject({ text: 'Read by 2 others', own: false })
    expect(readWords(['Dr. A'], '')).toMatchObject({ text: 'Read', own: true })
  })
})

describe('what an import brought', () => {
  const bring = async (changes: Partial<CaseSummary> = {}, marks: Partial<CaseMarks> = {}) => {
    mainSide({
      importFiles: () => ({ added: [two, three], alreadyThere: 0, failed: [], skipped: 0, cancelled: false }),
      listCases: () => [exampleSummary('one'), exampleSummary('two'), exampleSummary('three', changes)],
      reviewReaders: () => [],
      removeCase: () => null,
      marks: () => ({ measurements: [], keyImages: [], hidden: NONE_HIDDEN, ...marks }),
    })
    useWorklist().selectedId = one
    await useImporting().bring(['/films'])
  }

  it('is shown on request, whatever the queue and the search hid', async () => {
    const [importing, worklist] = [useImporting(), useWorklist()]
    worklist.queueName = 'alarm'
    worklist.search = 'nothing such'
    await bring()
    importing.showAdded()
    expect(worklist.selectedId).toBe(two)
    expect(worklist.shown.map(({ id }) => id)).toEqual([one, two, three])
    expect(importing.outcome).not.toBeNull()
  })

  it('is told until another film is opened, or for a while', async () => {
    const importing = useImporting()
    await bring()
    useWorklist().selectedId = three
    await vi.advanceTimersByTimeAsync(0)
    expect(importing.outcome).not.toBeNull()
    useWorklist().selectedId = one
    await vi.advanceTimersByTimeAsync(0)
    expect(importing.outcome).toBeNull()
    await bring()
    await vi.advanceTimersByTimeAsync(61_000)
    expect(importing.outcome).toBeNull()
  })

  it('is taken off again as a whole, with one undo', async () => {
    const worklist = useWorklist()
    await bring()
    await useImporting().undo()
    expect(worklist.shown.map(({ id }) => id)).toEqual([one])
    expect(useNotices().current?.text).toBe('2 films taken off the worklist again.')
    await useNotices().undo()
    expect(worklist.shown).toHaveLength(3)
  })

  it('stays where somebody has worked on it since', async () => {
    await bring({ audit })
    await useImporting().undo()
    expect(useWorklist().shown.map(({ id }) => id)).toEqual([one, three])
    expect(useNotices().current?.text).toBe(
      "1 film taken off the worklist again. 1 film with an audit or a reader's work stays.",
    )
  })
})
