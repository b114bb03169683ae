import { defineStore } from 'pinia'
import { ref } from 'vue'

export type DialogName = 'help' | 'settings' | 'about' | 'export' | 'classifiers'
export type ViewName = 'workstation' | 'lab' | 'cohort' | 'film'
export type EvidenceTabName = 'decision' | 'evidence' | 'finding'

/** Which view fills the window, and which dialog is open. */
export const useShell = defineStore('shell', () => {
  const view = ref<ViewName>('workstation')
  const evidenceTab = ref<EvidenceTabName>('decision')
  const dialog = ref<DialogName | null>(null)
  const show = (name: DialogName) => (dialog.value = name)
  const hide = () => (dialog.value = null)
  /** To a view, and from it back to the workstation. */
  const toggleView = (name: ViewName) => (view.value = view.value === name ? 'workstation' : name)
  return { view, evidenceTab, dialog, show, hide, toggleView }
})
