import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { CaseId } from '../../contract'
import { useCohort } from './cohort'
import { useOpenCase } from './openCase'
import { useShell } from './shell'
import { useWorklist } from './worklist'

/** A look at one film of a cohort's list in the workstation, with the way on through the list and back. */
export const useCohortVisit = defineStore('cohortVisit', () => {
  const cohort = useCohort()
  const openCase = useOpenCase()
  const shell = useShell()
  const worklist = useWorklist()
  /** The list as it was when the visit began; null: no visit. */
  const visiting = ref<{ readonly title: string; readonly ids: readonly CaseId[] } | null>(null)

  const place = computed(() => visiting.value?.ids.findIndex((id) => id === worklist.selectedId) ?? -1)

  function open(id: CaseId, ids: readonly CaseId[]): void {
    visiting.value = { title: cohort.list?.title ?? 'Cohort', ids }
    show(id)
    shell.view = 'workstation'
  }

  function show(id: CaseId): void {
    worklist.selectedId = id
    void openCase.open(id)
  }

  function moveBy(by: number): void {
    const next = visiting.value?.ids[place.value + by]
    if (next !== undefined) show(next)
  }

  function back(): void {
    visiting.value = null
    shell.view = 'cohort'
  }

  /** Stays in the workstation. */
  function end(): void {
    visiting.value = null
  }

  return { visiting, place, open, moveBy, back, end }
})
