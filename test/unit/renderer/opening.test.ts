import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, ref, shallowRef } from 'vue'
import { caseId } from '../../../contract'
import { keepSelectedInView } from '../../../renderer/components/worklist/selectedInView'
import { firstToOpen, useCaseOpening } from '../../../renderer/composables/useCaseOpening'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useWorklist } from '../../../renderer/stores/worklist'
import { exampleDetail, exampleSummary, mainSide } from '../../support/windowSide'

const [one, two, three] = [caseId.parse('one'), caseId.parse('two'), caseId.parse('three')]

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
})

describe('the film that is opened at the start', () => {
  const right = exampleSummary('one', { misclassified: false })
  const wrong = exampleSummary('two', { misclassified: true })
  const audited = exampleSummary('three', { status: 'auditing' })

  it('is the one whose audit runs, else the first misclassified one, else the first', () => {
    expect(firstToOpen([right, wrong, audited], [audited])).toBe(audited)
    expect(firstToOpen([right, wrong], [])).toBe(wrong)
    expect(firstToOpen([right], [])).toBe(right)
    expect(firstToOpen([], [])).toBeUndefined()
  })

  it('is chosen when all are read, and once: whoever closes it is left alone', async () => {
    const opened = vi.fn(({ caseId: id }: { caseId: string }) => exampleDetail(id))
    mainSide({ openCase: opened })
    const worklist = useWorklist()
    useCaseOpening()
    worklist.cases = [exampleSummary('one', { status: 'reading' }), wrong]
    await nextTick()
    expect(worklist.selectedId).toBeNull()
    worklist.cases = [right, wrong]
    await vi.waitUntil(() => useOpenCase().state === 'ready')
    expect(useOpenCase().caseId).toBe(two)
    worklist.selectedId = null
    worklist.cases = [right, wrong, audited]
    await nextTick()
    expect([worklist.selectedId, useOpenCase().state]).toEqual([null, 'empty'])
  })
})

describe('running through the list', () => {
  it('opens the film at which the key is let go, not those in between', async () => {
    const opened = vi.fn(({ caseId: id }: { caseId: string }) => exampleDetail(id))
    mainSide({ openCase: opened })
    const worklist = useWorklist()
    worklist.cases = [exampleSummary('one'), exampleSummary('two'), exampleSummary('three')]
    useCaseOpening()
    for (const id of [one, two, three]) {
      worklist.selectedId = id
      await nextTick()
    }
    await vi.advanceTimersByTimeAsync(1000)
    expect(opened.mock.calls.map(([params]) => params.caseId)).toEqual([one, three])
    expect(useOpenCase().caseId).toBe(three)
  })
})

describe('the selected row', () => {
  /** A list of 100 pixels, until another height is told, in which the row of "one" stands from `top` to `bottom`. */
  function screen(box: { top: number; bottom: number }) {
    const scrolled = vi.fn()
    const height = ref(100)
    const row = { getBoundingClientRect: () => box, scrollIntoView: scrolled }
    const list = { querySelector: () => row, getBoundingClientRect: () => ({ top: 0, bottom: height.value }) }
    const worklist = useWorklist()
    worklist.cases = [exampleSummary('one'), exampleSummary('two')]
    worklist.selectedId = one
    const { scrolled: scrolledByHand } = keepSelectedInView(shallowRef(list), height)
    return { scrolled, worklist, height, scrolledByHand }
  }
  const afterAudit = exampleSummary('one', { status: 'audited' })

  it('is shown whole when an audit makes it taller', async () => {
    const { scrolled, worklist } = screen({ top: 40, bottom: 100 })
    worklist.put(afterAudit)
    await nextTick()
    await nextTick()
    expect(scrolled).toHaveBeenCalledWith({ block: 'nearest' })
  })

  it('stays out of sight where the reader has scrolled away from it', async () => {
    const { scrolled, worklist } = screen({ top: 180, bottom: 240 })
    worklist.put(afterAudit)
    await nextTick()
    await nextTick()
    expect(scrolled).not.toHaveBeenCalled()
    worklist.selectedId = two
    await nextTick()
    await nextTick()
    expect(scrolled).toHaveBeenCalledTimes(1)
  })
  it('is shown again where the window makes the list smaller, unless the reader had scrolled away from it', async () => {
    const box = { top: 40, bottom: 100 }
    const { scrolled, worklist, height, scrolledByHand } = screen(box)
    worklist.put(afterAudit)
    await nextTick()
    await nextTick()
    expect(scrolled).toHaveBeenCalledTimes(1)
    height.value = 60
    await nextTick()
    expect(scrolled).toHaveBeenCalledTimes(2)

    Object.assign(box, { top: 180, bottom: 240 })
    scrolledByHand()
    height.value = 50
    await nextTick()
    expect(scrolled).toHaveBeenCalledTimes(2)
  })
})
