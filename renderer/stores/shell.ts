import { defineStore } from 'pinia'
import { ref } from 'vue'

export type DialogName = 'help' | 'settings' | 'about' | 'export'

/** Which dialog is open. */
export const useShell = defineStore('shell', () => {
  const dialog = ref<DialogName | null>(null)
  const show = (name: DialogName) => (dialog.value = name)
  const hide = () => (dialog.value = null)
  return { dialog, show, hide }
})
