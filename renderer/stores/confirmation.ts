import { ref, watch } from 'vue'
import type { CaseSummary } from '../../contract'
import { mustBeConfirmed } from '../../contract/shared'
import { useOpenCase } from './openCase'

/** Waits for a yes to the warnings of one film, before the classifier is asked about it. A yes to one film is none to the next. */
export function useConfirmation() {
  const openCase = useOpenCase()
  /** The case whose warnings wait for the user's yes. */
  const asked = ref<CaseSummary | null>(null)

  /** True where there is nothing to ask; else the film waits for an answer. */
  function passes(entry: CaseSummary): boolean {
    const isOpen = mustBeConfirmed(entry.warnings)
    asked.value = isOpen ? entry : null
    return !isOpen
  }

  watch(
    () => openCase.caseId,
    () => (asked.value = null),
    { flush: 'sync' },
  )

  return { asked, passes }
}
