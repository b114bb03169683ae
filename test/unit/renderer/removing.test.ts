import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { caseId, sha256, type CaseMarks, type StoredFinding } from '../../../contract'
import { EMPTY_FINDING } from '../../../contract/shared'
import { useNotices } from '../../../renderer/stores/notices'
import { useRemoving } from '../../../renderer/stores/removing'
import { useWorklist } from '../../../renderer/stores/worklist'
import { exampleKeyImage, NONE_HIDDEN } from '../../support/exampleMarks'
import { exampleSummary, mainSide } from '../../support/windowSide'

const PAST_THE_UNDO_MS = 11_000
const one = caseId.parse('one')
const audit = {
  ...{ bitsLeft: 0.2, aboveFlat: 0.1, decisionKept: true, createdAt: '2026-01-01T00:00:00.000Z' },
  ...{ classifier: sha256.parse('a'.repeat(64)), flow: sha256.parse('b'.repeat(64)), whole: true, stoppedEarly: false },
  ...({ preset: 'standard', objective: 'activation' } as const),
  ...{ threshold: 0.5, ofClassifierInUse: true },
}
const removed = vi.fn(() => null)

/** A worklist of one case, audited, on which these readers and marks stand. */
function caseWith(readers: readonly string[], marks: Partial<CaseMarks> = {}) {
  mainSide({
    reviewReaders: () => ['Dr. A', 'Dr. B', 'Dr. C'],
    reviewFindings: ({ reader }) => ({ own: readers.includes(reader) ? [draft(reader)] : [], others: [] }),
    marks: () => ({ measurements: [], keyImages: [], hidden: NONE_HIDDEN, ...marks }),
    removeCase: removed,
  })
  return listed()
}

function listed() {
  const entry = exampleSummary('one', { audit })
  useWorklist().cases = [entry]
  return entry
}

const draft = (reader: string): StoredFinding => ({
  ...{ number: 1, reader, state: 'draft', savedAt: '2026-01-01T00:00:00.000Z', finding: EMPTY_FINDING },
})
const isListed = () => useWorklist().shown.some(({ id }) => id === one)

beforeEach(() => {
  vi.useFakeTimers()
  removed.mockClear()
  setActivePinia(createPinia())
})

describe('removing a case', () => {
  it('on which readers have worked waits for a yes, and names what goes with it', async () => {
    const entry = caseWith(['Dr. A', 'Dr. C'], { keyImages: [1, 2, 3].map((id) => exampleKeyImage(id, '')) })
    const removing = useRemoving()
    await removing.ask(entry)
    expect(removing.asked?.along).toBe('its audit, 2 findings and 3 key images')
    expect(isListed()).toBe(true)
    removing.confirm()
    expect(isListed()).toBe(false)
    expect(useNotices().current?.text).toBe(
      'Film one removed from the worklist, with its audit, 2 findings and 3 key images.',
    )
    await useNotices().undo()
    expect(isListed()).toBe(true)
    await vi.advanceTimersByTimeAsync(PAST_THE_UNDO_MS)
    expect(removed).not.toHaveBeenCalled()
  })

  it('that was left unanswered does nothing', async () => {
    const entry = caseWith(['Dr. A'])
    const removing = useRemoving()
    await removing.ask(entry)
    removing.asked = null
    removing.confirm()
    await vi.advanceTimersByTimeAsync(PAST_THE_UNDO_MS)
    expect(removed).not.toHaveBeenCalled()
  })

  it('that has only an audit needs no yes, but says so', async () => {
    const entry = caseWith([])
    await useRemoving().ask(entry)
    expect(useNotices().current?.text).toBe('Film one removed from the worklist, with its audit.')
  })

  it('waits for a yes where it is not known what readers did', async () => {
    mainSide({ removeCase: removed })
    const entry = listed()
    await useRemoving().ask(entry)
    expect(useRemoving().asked?.along).toBe('its audit and whatever readers wrote and marked')
  })

  it('promises nothing back that an import does not bring', async () => {
    const entry = caseWith([])
    await useRemoving().ask(entry)
    await vi.advanceTimersByTimeAsync(PAST_THE_UNDO_MS)
    expect(removed).toHaveBeenCalledOnce()
    await useNotices().undo()
    expect(useNotices().current?.text).toBe(
      'It is too late to bring Film one back. Its film can be imported again, but not what went with it: its audit.',
    )
  })

  it('can be taken back for ten seconds', async () => {
    await useRemoving().ask(caseWith([]))
    await vi.advanceTimersByTimeAsync(9900)
    expect(removed).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(200)
    expect(removed).toHaveBeenCalledOnce()
  })

  it('twice removes it once', async () => {
    const entry = { ...caseWith([]), audit: null }
    await Promise.all([useRemoving().ask(entry), useRemoving().ask(entry)])
    expect(useNotices().undos.map(({ what }) => what)).toEqual(['Film one removed from the worklist.'])
    await vi.advanceTimersByTimeAsync(PAST_THE_UNDO_MS)
    expect(removed).toHaveBeenCalledOnce()
  })
})
