import { defineStore } from 'pinia'
import { ref } from 'vue'

export type DialogName = 'help' | 'settings' | 'about' | 'export'
export type ViewName = 'workstation' | 'lab'
export type EvidenceTabName = 'decision' | 'evidence' | 'finding'

/** Which view fills the window, and which dialog is open. */
export const useShell = defineStore('shell', () => {
  const view = ref<ViewName>('workstation')
  const evidenceTab = ref<EvidenceTabName>('decision')
  const dialog = ref<DialogName | null>(null)
  const show = (name: DialogName) => (dialog.value = name)
  const hide = () => (dialog.value = null)
  const otherView = () => (view.value = view.value === 'lab' ? 'workstation' : 'lab')
  return { view, evidenceTab, dialog, show, hide, otherView }
})
