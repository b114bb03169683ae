import type { BrowserWindow } from 'electron'
import type { FilmWindow } from '../main/compose'

/** The film's own window as a port: at most one, opened by `open`, brought to the front where it is open already. */
export function filmWindowOf(open: () => Promise<BrowserWindow>): FilmWindow {
  const listeners = new Set<(open: boolean) => void>()
  const tell = (isOpen: boolean) => {
    for (const listener of listeners) listener(isOpen)
  }
  let opening: Promise<BrowserWindow> | null = null
  let shown: BrowserWindow | null = null

  async function start(): Promise<BrowserWindow> {
    const window = await open()
    shown = window
    window.once('closed', () => {
      shown = null
      tell(false)
    })
    tell(true)
    return window
  }

  return {
    async show() {
      if (shown) return shown.focus()
      opening ??= start().finally(() => (opening = null))
      await opening
    },
    async hide() {
      // Asked while it is still loading, it goes as soon as it is there.
      const window = shown ?? (await opening?.catch(() => null))
      window?.close()
    },
    isOpen: () => shown !== null,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
