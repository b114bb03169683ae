import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Settings } from '../../contract'
import { DEFAULT_SETTINGS } from '../../contract/shared'
import { call } from '../api'
import { debounce } from '../debounce'
import { useNotices } from './notices'

type LayoutValue = Settings['layout'][string]

/** The user's settings, the usual ones until they arrive, and the remembered layout of the window. */
export const useSettings = defineStore('settings', () => {
  const notices = useNotices()
  const values = ref<Settings>(DEFAULT_SETTINGS)
  const layout = computed(() => values.value.layout)
  const saveLayout = debounce(
    () => void notices.attempt(() => call('setSettings', { layout: { ...values.value.layout } })),
    400,
  )

  async function load(): Promise<void> {
    values.value = await call('getSettings', null)
  }

  async function save(changes: Partial<Settings>): Promise<void> {
    values.value = await call('setSettings', changes)
  }

  function remember(key: string, value: LayoutValue): void {
    values.value = { ...values.value, layout: { ...values.value.layout, [key]: value } }
    saveLayout()
  }

  const layoutNumber = (key: string, otherwise: number): number => {
    const value = layout.value[key]
    return typeof value === 'number' ? value : otherwise
  }
  const layoutFlag = (key: string, otherwise: boolean): boolean => {
    const value = layout.value[key]
    return typeof value === 'boolean' ? value : otherwise
  }

  return { values, layout, load, save, remember, layoutNumber, layoutFlag, saveWaiting: saveLayout.flush }
})
