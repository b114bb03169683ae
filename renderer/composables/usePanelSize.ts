import { computed } from 'vue'
import { useSettings } from '../stores/settings'

/** Size and openness of one side panel, remembered in the settings' layout; `usual` until the user moves its border. */
export function usePanelSize(name: string, usual: () => number) {
  const settings = useSettings()
  return {
    size: computed({
      get: () => settings.layoutNumber(`${name}Size`, usual()),
      set: (value: number) => settings.remember(`${name}Size`, value),
    }),
    open: computed({
      get: () => settings.layoutFlag(`${name}Open`, true),
      set: (value: boolean) => settings.remember(`${name}Open`, value),
    }),
  }
}
