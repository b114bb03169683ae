import { app, dialog, type BrowserWindow } from 'electron'

/** Asks before the window is closed over work. Whoever ends the program by a signal is not asked: nobody may be there. */
export function askBeforeClosing(window: BrowserWindow, work: () => readonly string[]): void {
  let asking = false
  let agreed = false
  const ask = async (sentences: readonly string[]) => {
    asking = true
    const { response } = await dialog
      .showMessageBox(window, {
        type: 'question',
        message: 'Close the workstation now?',
        detail: sentences.join('\n'),
        buttons: ['Keep it open', 'Close'],
        defaultId: 0,
        cancelId: 0,
      })
      .finally(() => (asking = false))
    agreed = response === 1
    if (agreed && !window.isDestroyed()) window.close()
  }
  window.on('close', (event) => {
    const sentences = agreed ? [] : work()
    if (sentences.length === 0) return
    event.preventDefault()
    if (!asking) void ask(sentences)
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      agreed = true
      app.quit()
    })
  }
}

/**
 * Ends the engine process and flushes the store before the app goes, with the exit code that was decided; who asks for the
 * end again meanwhile waits for it.
 */
export function closeWithApp(close: () => Promise<unknown>, exitCode: () => number): void {
  let closing = false
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (closing) return
    closing = true
    close()
      .catch((error: unknown) => {
        console.error('The workstation did not close cleanly:', error)
      })
      .finally(() => {
        app.exit(exitCode())
      })
  })
}
