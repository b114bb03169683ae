import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, watchEffect } from 'vue'
import { caseId, type CaseSummary } from '../../../contract'
import { useWorklist } from '../../../renderer/stores/worklist'
import { exampleSummary, mainSide } from '../../support/windowSide'

const [one, two] = [caseId.parse('one'), caseId.parse('two')]
const label = (id: string) => exampleSummary(id, { reportLabel: 'effusion' })
const ids = () => useWorklist().cases.map(({ id }) => id)

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('cases that change', () => {
  it('by the thousand draw the list some ten times a second, and not once each', async () => {
    const worklist = useWorklist()
    const films = Array.from({ length: 1000 }, (_, n) => `film-${n}`)
    worklist.cases = films.map((id) => exampleSummary(id))
    let drawn = 0
    watchEffect(() => void (worklist.shown.length > 0 && drawn++))
    const before = drawn
    // A message of the main side a turn, a thousand of them in a second.
    for (const id of films) {
      worklist.put(label(id))
      await nextTick()
      vi.advanceTimersByTime(1)
    }
    await vi.advanceTimersByTimeAsync(200)
    expect(worklist.cases.every(({ reportLabel }) => reportLabel === 'effusion')).toBe(true)
    expect(drawn - before).toBeGreaterThan(5)
    expect(drawn - before).toBeLessThan(20)
  })

  it('one at a time are shown at once', async () => {
    const worklist = useWorklist()
    worklist.cases = [exampleSummary('one')]
    worklist.put(label('one'))
    expect(worklist.byId(one)?.reportLabel).toBe('effusion')
    await vi.advanceTimersByTimeAsync(200)
    worklist.put(exampleSummary('two'))
    expect(ids()).toEqual([one, two])
  })

  it('and are gone soon after do not come back', async () => {
    const worklist = useWorklist()
    worklist.cases = [exampleSummary('one')]
    worklist.put(label('one'))
    worklist.put(exampleSummary('two'))
    worklist.drop(two)
    await vi.advanceTimersByTimeAsync(200)
    expect(ids()).toEqual([one])
  })

  it('before the list is read again are in it, and take nothing back', async () => {
    const worklist = useWorklist()
    mainSide({ listCases: (): CaseSummary[] => [label('one'), label('two')] })
    worklist.put(exampleSummary('one'))
    worklist.put(exampleSummary('two'))
    await worklist.load()
    await vi.advanceTimersByTimeAsync(200)
    expect(worklist.cases.map(({ reportLabel }) => reportLabel)).toEqual(['effusion', 'effusion'])
  })

  it('when the time for an undo is over leave the list together', async () => {
    const worklist = useWorklist()
    mainSide({ removeCase: () => null })
    const films = Array.from({ length: 50 }, (_, n) => exampleSummary(`film-${n}`))
    worklist.cases = [exampleSummary('one'), ...films]
    const seen = new Set<number>()
    watchEffect(() => void seen.add(worklist.shown.length), { flush: 'sync' })
    worklist.removeAll(films, 'Gone.')
    await vi.advanceTimersByTimeAsync(10_000)
    await vi.advanceTimersByTimeAsync(200)
    expect(ids()).toEqual([one])
    expect([...seen]).toEqual([51, 1])
  })
})
