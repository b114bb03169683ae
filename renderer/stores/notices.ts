import { defineStore } from 'pinia'
import { ref } from 'vue'
import { call, messageOf } from '../api'
import { fileName } from '../presentation/words'

interface Notice {
  readonly id: number
  readonly text: string
  readonly kind: 'info' | 'error'
  /** A button beside the text. */
  readonly action: { readonly label: string; run(): void } | null
}

const MOST_UNDOS = 50
const UNDO = 'Undo'

/** Thrown by an undo that cannot be done where the user is now, but later: it stays the next one. */
export class NotNow extends Error {}

/** Short messages at the window's edge, and the undo stack behind their buttons and Ctrl+Z. */
export const useNotices = defineStore('notices', () => {
  const current = ref<Notice | null>(null)
  const undos = ref<{ readonly what: string; readonly about: string | null; run(): void | Promise<void> }[]>([])
  let nextId = 1

  function say(text: string, action: Notice['action'] = null): void {
    current.value = { id: nextId++, text, kind: 'info', action }
  }

  function fail(error: unknown): void {
    current.value = { id: nextId++, text: messageOf(error), kind: 'error', action: null }
  }

  /** Tells that a file was written, and shows where. */
  function saved(what: string, path: string): void {
    const run = () => void attempt(() => call('showInFolder', { path }))
    say(`${what} saved as ${fileName(path)}.`, { label: 'Show in folder', run })
  }

  function dismiss(): void {
    current.value = null
  }

  /**
   * Remembers how to take something back (Ctrl+Z), without a word.
   *
   * @param about name of what it belongs to, for `forgetUndos`
   */
  function keepUndo(what: string, run: () => void | Promise<void>, about: string | null = null): void {
    undos.value = [...undos.value.slice(1 - MOST_UNDOS), { what, about, run }]
    // The button of an older message would take this one back.
    if (current.value?.action?.label === UNDO) dismiss()
  }

  /** The same, and offers it at once. */
  function offerUndo(...kept: Parameters<typeof keepUndo>): void {
    keepUndo(...kept)
    say(kept[0], { label: UNDO, run: () => void undo() })
  }

  /** For what has come to an end, so that its single steps are no longer to be taken back. */
  function forgetUndos(about: string): void {
    undos.value = undos.value.filter((one) => one.about !== about)
  }

  async function undo(): Promise<void> {
    const last = undos.value.at(-1)
    if (!last) return say('Nothing to undo.')
    undos.value = undos.value.slice(0, -1)
    try {
      await last.run()
      say(`Taken back: ${last.what}`)
    } catch (error) {
      if (error instanceof NotNow) undos.value = [...undos.value, last]
      fail(error)
    }
  }

  /** Runs an action of the user; a failure becomes a message instead of being lost. */
  async function attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action()
    } catch (error) {
      fail(error)
      return undefined
    }
  }

  return { current, undos, say, fail, saved, dismiss, keepUndo, offerUndo, forgetUndos, undo, attempt }
})
