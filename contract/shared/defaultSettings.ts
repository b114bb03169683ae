import type { Settings } from '../settings'

/** Until the user changes them, and in the window until the stored ones arrive. */
export const DEFAULT_SETTINGS: Settings = {
  preset: 'standard',
  objective: 'activation',
  seed: 0,
  backend: 'auto',
  identification: 'pseudonym',
  reader: '',
  copyFilms: false,
  dataFolder: null,
  layout: {},
}
