import { computed, nextTick, watch, watchEffect } from 'vue'
import type { CaseSummary } from '../../contract'
import { debounce } from '../debounce'
import { useOpenCase } from '../stores/openCase'
import { useWorklist } from '../stores/worklist'

const OPEN_AFTER_MS = 150

/**
 * At the start, once all cases are read: the one whose audit runs, else the first misclassified one, else the first.
 *
 * @param queue audits that run or wait, the running one first
 * @returns undefined while cases are still read, or where there is none
 */
export function firstToOpen(shown: readonly CaseSummary[], queue: readonly CaseSummary[]): CaseSummary | undefined {
  if (shown.some(({ status }) => status === 'new' || status === 'reading')) return undefined
  return queue[0] ?? shown.find(({ misclassified }) => misclassified) ?? shown[0]
}

/** Opens the case that is chosen in the worklist, and chooses one at the start. */
export function useCaseOpening(): void {
  const openCase = useOpenCase()
  const worklist = useWorklist()

  const openSoon = debounce(() => {
    if (worklist.selectedId) void openCase.open(worklist.selectedId)
  }, OPEN_AFTER_MS)
  watch(
    () => worklist.selectedId,
    (id) => {
      openSoon.cancel()
      if (!id) openCase.close()
      // Whoever runs through the list with a held key is spared the films in between.
      else if (openCase.state === 'loading') openSoon()
      else void openCase.open(id)
    },
    // The choice may have changed while another view was on: the list and the stage must show the same case.
    { immediate: true },
  )

  const first = computed(() => firstToOpen(worklist.shown, worklist.queue))
  const stopWaiting = watchEffect(() => {
    if (!worklist.selectedId && !first.value) return
    worklist.selectedId ??= first.value?.id ?? null
    void nextTick(() => stopWaiting())
  })
}
