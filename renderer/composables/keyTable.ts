import type { ViewName } from '../stores/shell'

/** A key or combination as `keyOf` writes it: "ctrl+z", "arrowleft", "?". */
export interface KeyBinding {
  readonly keys: readonly string[]
  /** As printed in the list of keys. */
  readonly shown: readonly string[]
  readonly what: string
  run(key: string): void
  /** Once a press, however long it is held: a measurement that goes must not take the case along. */
  readonly once?: boolean
  /** Of a key that does something while it is held: it came up, or the window lost the keyboard. */
  release?(): void
}

export interface KeyGroup {
  readonly title: string
  /** Where its keys do something; absent: in every view but the film's own window, which names what it takes. */
  readonly view?: ViewName | readonly ViewName[]
  readonly bindings: readonly KeyBinding[]
}

export const appliesIn = ({ view: where }: KeyGroup, view: ViewName): boolean =>
  where === undefined ? view !== 'film' : [where].flat().includes(view)

/** "ctrl+z" for Ctrl or ⌘ and z; Shift counts only through the character it makes. */
export const keyOf = (event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>): string =>
  `${event.ctrlKey || event.metaKey ? 'ctrl+' : ''}${event.key.toLowerCase()}`
