import { app, dialog, type BrowserWindow } from 'electron'
import type { BatchState, CaseStatus, RunState } from '../contract'
import type { Workstation } from './workstation'

const audited: readonly CaseStatus[] = ['queued', 'auditing']
const audits: readonly BatchState['state'][] = ['running', 'waiting', 'stopping']
const computed: readonly RunState[] = ['queued', 'running']

/** Listens for what is being computed; asked, it has a sentence for each kind of work that closing would end. */
export function workInHand(workstation: Pick<Workstation, 'onEvent'>): () => string[] {
  const films = new Set<string>()
  const runs = new Set<string>()
  let queue = false
  workstation.onEvent((event) => {
    if (event.type === 'case') keep(films, event.summary.id, audited.includes(event.summary.status))
    else if (event.type === 'caseRemoved') films.delete(event.caseId)
    else if (event.type === 'reviewBatch') queue = audits.includes(event.batch.state)
    else if (event.type === 'labRun') keep(runs, event.run.id, computed.includes(event.run.state))
  })
  return () => [
    ...(films.size === 1 ? ['An audit is running; it would end without a result.'] : []),
    ...(films.size > 1 ? [`${films.size} audits are running or waiting; they would end without a result.`] : []),
    ...(queue ? ['A queue is being audited; it would stop. What is finished is kept.'] : []),
    ...(runs.size > 0 ? ['The lab is computing; its runs would pause and can be resumed.'] : []),
  ]
}

function keep<T>(set: Set<T>, item: T, isIn: boolean): void {
  if (isIn) set.add(item)
  else set.delete(item)
}

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
        ...{ defaultId: 0, cancelId: 0 },
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
