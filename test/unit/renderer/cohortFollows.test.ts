import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { cohortAuc } from '../../../main/app/cohort'
import { BUNDLED_CLASSIFIER, NO_COHORT_FILTER, sha256, type CohortOverview } from '../../../contract'
import { cohortAtThreshold, cohortOverview } from '../../../main/domain/cohort'
import { useCohort } from '../../../renderer/stores/cohort'
import { useImporting } from '../../../renderer/stores/importing'
import { useWorklist } from '../../../renderer/stores/worklist'
import { exampleSummary, mainSide } from '../../support/windowSide'

const classifier = { name: BUNDLED_CLASSIFIER, sha256: sha256.parse('a'.repeat(64)) }
const empty = await cohortOverview([], { filter: NO_COHORT_FILTER, classifier, threshold: 0.5, auc: cohortAuc })

/** Overviews that were asked for and not answered yet. */
let open: ((found: CohortOverview) => void)[] = []
let asked = 0

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  open = []
  asked = 0
  mainSide({
    cohort: () =>
      new Promise((resolve) => {
        asked++
        open.push(resolve)
      }),
    cohortAt: ({ threshold }) => cohortAtThreshold([], threshold),
  })
})
afterEach(() => vi.useRealTimers())

async function answer(): Promise<void> {
  for (const resolve of open.splice(0)) resolve(empty)
  await vi.advanceTimersByTimeAsync(1)
}

let films = 0
async function filmComesIn(): Promise<void> {
  useWorklist().cases = [...useWorklist().cases, exampleSummary(`film-${films++}`)]
  await nextTick()
}

it('a page that is open counts again once the worklist is still', async () => {
  void useCohort().enter()
  await answer()
  expect([asked, useCohort().state]).toEqual([1, 'ready'])
  for (let i = 0; i < 5; i++) {
    await filmComesIn()
    await vi.advanceTimersByTimeAsync(200)
  }
  expect(asked).toBe(1)
  await vi.advanceTimersByTimeAsync(300)
  expect(asked).toBe(2)
})

it('never asks while it waits for an answer, and counts what came in meanwhile once', async () => {
  void useCohort().enter()
  for (let i = 0; i < 5; i++) {
    await filmComesIn()
    await vi.advanceTimersByTimeAsync(1000)
  }
  expect(asked).toBe(1)
  await answer()
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked).toBe(2)
  await answer()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toBe(2)
})

it('follows an import every ten seconds, and counts once more at its end', async () => {
  void useCohort().enter()
  await answer()
  useImporting().busy = true
  for (let second = 0; second < 25; second++) {
    await filmComesIn()
    await vi.advanceTimersByTimeAsync(1000)
    await answer()
  }
  expect(asked).toBe(3)
  useImporting().busy = false
  await filmComesIn()
  await vi.advanceTimersByTimeAsync(400)
  expect(asked).toBe(4)
})

it('asks nothing any more when it is left', async () => {
  const cohort = useCohort()
  void cohort.enter()
  await filmComesIn()
  cohort.leave()
  await answer()
  await filmComesIn()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toBe(1)
})
